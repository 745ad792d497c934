package dev.twofold.cloudtasks.transport;

import com.google.cloud.tasks.v2.Queue;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.twofold.cloudtasks.engine.LocationName;
import dev.twofold.cloudtasks.engine.QueueName;
import dev.twofold.cloudtasks.engine.QueueSettings;
import dev.twofold.cloudtasks.engine.RequestRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads queues from a file: an object whose {@code queues} maps ids to queues, or the list that
 * {@code gcloud tasks queues list --format=json} prints. A queue has the fields of the REST API; an
 * unknown field or a value out of range stops the start with the queue's name.
 */
public final class Declarations {

  private Declarations() {}

  /** The declared queues; {@code prefix} goes before every id that is not a full name. */
  public static Map<QueueName, QueueSettings> read(Path file, LocationName location, String prefix)
      throws IOException {
    JsonNode root;
    try {
      root = JsonMapper.shared().readTree(Files.readString(file));
    } catch (JacksonException malformed) {
      throw new IllegalArgumentException(
          file + " is not JSON: " + malformed.getOriginalMessage(), malformed);
    }
    JsonNode queues = root.isArray() ? root : root.path("queues");
    Map<QueueName, QueueSettings> declared = new LinkedHashMap<>();
    if (queues.isObject()) {
      queues
          .properties()
          .forEach(
              entry -> declare(declared, path(location, prefix, entry.getKey()), entry.getValue()));
    } else if (queues.isArray()) {
      queues.forEach(queue ->
          declare(declared, path(location, prefix, queue.path("name").asString("")), queue));
    } else {
      throw new IllegalArgumentException(
          file + " has no queues: expected a list, or an object with 'queues'");
    }
    return declared;
  }

  private static void declare(Map<QueueName, QueueSettings> declared, String path, JsonNode queue) {
    try {
      Queue.Builder proto = Queue.newBuilder();
      JsonFormat.parser().merge(queue.toString(), proto);
      declared.put(QueueName.parse(path), QueueMapping.fromDeclaration(proto.build()));
    } catch (InvalidProtocolBufferException | RequestRefused wrong) {
      throw new IllegalArgumentException("queue " + path + ": " + wrong.getMessage(), wrong);
    }
  }

  private static String path(LocationName location, String prefix, String name) {
    return name.startsWith("projects/") ? name : location.path() + "/queues/" + prefix + name;
  }
}
