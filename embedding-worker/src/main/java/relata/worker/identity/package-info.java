/** Which model features come from, and what makes two of them equal (ADR 9). */
package relata.worker.identity;
