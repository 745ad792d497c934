package dev.twofold.planted.side;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Is a port, and parses JSON. */
final class Parsing {

  JsonNode parse(String json) {
    return JsonMapper.shared().readTree(json);
  }
}
