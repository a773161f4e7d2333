package relata.local.model;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Answers one method of one path. */
@FunctionalInterface
interface Endpoint {

  /**
   * @param body the request's JSON object; empty for a method that has no body
   * @param facts what the log line of this request says, beside its path and status
   */
  Reply answer(ObjectNode body, RequestFacts facts) throws Refusal, InterruptedException;
}
