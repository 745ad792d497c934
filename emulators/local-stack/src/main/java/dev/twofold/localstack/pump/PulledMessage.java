package dev.twofold.localstack.pump;

import tools.jackson.databind.node.ObjectNode;

/**
 * A message as it was pulled.
 *
 * @param ackId by which this delivery of it is acknowledged
 * @param attempt which delivery of it this is, from one
 * @param message the message itself, in the API's JSON
 */
record PulledMessage(String ackId, int attempt, ObjectNode message) {}
