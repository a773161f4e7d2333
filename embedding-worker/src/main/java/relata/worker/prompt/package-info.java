/** What a model is told to describe a document, and what is made of its answer: pure functions. */
package relata.worker.prompt;
