package dev.twofold.sync.firestore;

import com.google.cloud.Timestamp;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.FieldValue;
import com.google.cloud.firestore.Precondition;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a stored document: its record in one map that is exempt from indexing, beside it
 * what queries look for, and a number that rises with every write.
 *
 * <p>The number is there because a write that changes nothing leaves a document's update time as it
 * was, and two decisions that both rest on a document would not collide.
 *
 * @see <a href="https://cloud.google.com/firestore/docs/reference/rpc/google.firestore.v1">{@code
 *     WriteResult.update_time}</a>
 */
public final class Fields {

  /** The record itself. */
  public static final String BODY = "body";

  private static final String REVISION = "revision";

  private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");

  private Fields() {}

  /**
   * All fields of a new document.
   *
   * @param lifted what queries look for; null where this document has none
   */
  public static Map<String, Object> ofNew(String body, Map<String, @Nullable Object> lifted) {
    Map<String, Object> fields = new HashMap<>();
    lifted.forEach((name, value) -> {
      if (value != null) {
        fields.put(name, value);
      }
    });
    fields.put(BODY, body);
    fields.put(REVISION, 1);
    return fields;
  }

  /**
   * All fields of a document that takes the place of another of its kind.
   *
   * @param lifted what queries look for, every name of the kind; null where this document has none
   */
  public static Map<String, Object> ofReplacement(
      String body, Map<String, @Nullable Object> lifted) {
    Map<String, Object> fields = new HashMap<>();
    lifted.forEach((name, value) -> fields.put(name, value == null ? FieldValue.delete() : value));
    fields.put(BODY, body);
    fields.put(REVISION, FieldValue.increment(1));
    return fields;
  }

  /** The record in a stored document; an empty one where it holds none. */
  public static String body(DocumentSnapshot stored) {
    return stored.get(BODY) instanceof String body ? body : "{}";
  }

  /** The version that a change of the stored document must find again. */
  public static String version(DocumentSnapshot stored) {
    Timestamp updatedAt = stored.getUpdateTime();
    if (updatedAt == null) {
      throw new IllegalStateException(stored.getReference().getPath() + " has no update time");
    }
    return updatedAt.toString();
  }

  /** That the document still has this version. */
  public static Precondition unchangedSince(String version) {
    return Precondition.updatedAt(Timestamp.parseTimestamp(version));
  }

  /** A time as Firestore orders it: to the microsecond, and of the years it knows. */
  public static Timestamp time(Instant time) {
    Instant known = time.isBefore(EARLIEST) ? EARLIEST : time.isAfter(LATEST) ? LATEST : time;
    return Timestamp.ofTimeSecondsAndNanos(known.getEpochSecond(), known.getNano() / 1_000 * 1_000);
  }

  /**
   * A text as a document's id: unchanged unless it holds what no id may.
   *
   * @see <a
   *     href="https://firebase.google.com/docs/firestore/quotas#collections_documents_and_fields">
   *     Constraints on document ids</a>
   */
  public static String id(String text) {
    String safe = text.replace("%", "%25").replace("/", "%2F");
    boolean reserved = safe.equals(".") || safe.equals("..") || safe.startsWith("__");
    return reserved ? "%" + Integer.toHexString(safe.charAt(0)) + safe.substring(1) : safe;
  }
}
