package dev.twofold.simulators.hubspot.engine;

import dev.twofold.simulators.web.Json;
import tools.jackson.databind.node.ObjectNode;

/** Why one value of one property was refused. */
record ValueProblem(String property, String error, String message) {
  static ValueProblem unknown(String property) {
    return new ValueProblem(
        property, "PROPERTY_DOESNT_EXIST", "Property \"" + property + "\" does not exist");
  }

  ObjectNode inMessage() {
    return Json.object()
        .put("isValid", false)
        .put("message", message)
        .put("error", error)
        .put("name", property);
  }

  ObjectNode asError() {
    ObjectNode asError = Json.object().put("message", message).put("code", error);
    asError.putObject("context").putArray("propertyName").add(property);
    return asError;
  }
}
