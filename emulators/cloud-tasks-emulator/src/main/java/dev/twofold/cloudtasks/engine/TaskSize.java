package dev.twofold.cloudtasks.engine;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * The size the real service measures: that of the stored task in protobuf's encoding. It was found
 * by probing the service: 1,048,569 bytes pass and one more is refused, whatever the documents say.
 */
final class TaskSize {

  static final int MOST = (1 << 20) - 7;

  private static final int METHOD_FIELD = 2;

  private TaskSize() {}

  static int of(TaskSnapshot task) {
    return text(task.name().path())
        + timestamp(task.progress().scheduleTime())
        + timestamp(task.createTime())
        + duration(task.dispatchDeadline())
        + field(call(task.call()));
  }

  private static int call(HttpCall call) {
    int size = text(call.url()) + METHOD_FIELD;
    for (Map.Entry<String, String> header : call.headers().entrySet()) {
      // Map entries, unlike fields, are written even where a part is empty.
      size += field(entryPart(header.getKey()) + entryPart(header.getValue()));
    }
    if (call.body().size() > 0) {
      size += field(call.body().size());
    }
    return size
        + switch (call.authorization()) {
          case Authorization.None _ -> 0;
          case Authorization.Oidc oidc ->
              field(text(oidc.serviceAccountEmail()) + text(oidc.audience()));
          case Authorization.OAuth oauth ->
              field(text(oauth.serviceAccountEmail()) + text(oauth.scope()));
        };
  }

  private static int entryPart(String text) {
    return field(text.getBytes(StandardCharsets.UTF_8).length);
  }

  private static int text(String text) {
    return text.isEmpty() ? 0 : entryPart(text);
  }

  private static int timestamp(Instant time) {
    return field(number(time.getEpochSecond()) + number(time.getNano()));
  }

  private static int duration(Duration duration) {
    return field(number(duration.getSeconds()) + number(duration.getNano()));
  }

  private static int number(long value) {
    return value == 0 ? 0 : 1 + varint(value);
  }

  private static int field(int length) {
    return 1 + varint(length) + length;
  }

  private static int varint(long value) {
    int size = 1;
    for (long rest = value >>> 7; rest != 0; rest >>>= 7) {
      size++;
    }
    return size;
  }
}
