package dev.twofold.sync.link.firestore;

import com.google.cloud.firestore.DocumentSnapshot;
import dev.twofold.sync.firestore.DocumentCodec;
import dev.twofold.sync.firestore.DocumentCodec.TextValue;
import dev.twofold.sync.firestore.Fields;
import dev.twofold.sync.link.Backlog;
import dev.twofold.sync.link.Document;
import dev.twofold.sync.link.DocumentKey;
import dev.twofold.sync.link.EmailClaim;
import dev.twofold.sync.link.HistoryEntry;
import dev.twofold.sync.link.Link;
import dev.twofold.sync.link.LinkId;
import dev.twofold.sync.link.OutboxRow;
import dev.twofold.sync.link.ParkedItem;
import dev.twofold.sync.link.Purchase;
import dev.twofold.sync.link.RecordClaim;
import dev.twofold.sync.record.FieldName;
import dev.twofold.sync.record.RecordId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the documents about links look like in Firestore, and which of their fields are queried. */
final class LinkDocuments {

  /** The earliest time at which a link's or row's work is due. */
  static final String DUE_AT = "dueAt";

  /** A link's work that is known and not marked. */
  static final String BACKLOG = "backlog";

  /** The version of the mappings a link was last merged with; pointers have none. */
  static final String MAPPED_BY = "mappedBy";

  /** A row's urgency. */
  static final String URGENCY = "urgency";

  /** When a purchase was made for which nobody has been found; only such purchases have it. */
  static final String UNFOUND_SINCE = "unfoundSince";

  /** When an item was parked. */
  static final String PARKED_AT = "parkedAt";

  /** When an entry of the history happened. */
  static final String AT = "at";

  /** When Firestore may delete an entry of the history. */
  static final String EXPIRE_AT = "expireAt";

  /** How long the history is kept. */
  static final Duration HISTORY_KEPT = Duration.ofDays(90);

  private final DocumentCodec codec =
      DocumentCodec.with(
          List.of(
              new TextValue<>(RecordId.class, RecordId::key, RecordId::ofKey),
              new TextValue<>(LinkId.class, LinkId::value, LinkId::new),
              new TextValue<>(FieldName.class, FieldName::value, FieldName::new)));

  Map<String, Object> created(Document document) {
    return Fields.ofNew(body(document), lifted(document));
  }

  Map<String, Object> replaced(Document document) {
    return Fields.ofReplacement(body(document), lifted(document));
  }

  private Map<String, Object> body(Document document) {
    return switch (document) {
      case Link link -> codec.encode(link);
      case RecordClaim claim -> codec.encode(claim);
      case EmailClaim claim -> codec.encode(claim);
      case OutboxRow row -> codec.encode(row);
      case Purchase purchase -> codec.encode(purchase);
      case ParkedItem item -> codec.encode(item);
    };
  }

  /** What queries look for, every name of the document's kind. */
  private static Map<String, @Nullable Object> lifted(Document document) {
    Map<String, @Nullable Object> fields = new HashMap<>();
    switch (document) {
      case Link link -> {
        Backlog backlog = link.backlog();
        fields.put(DUE_AT, time(link.dueAt()));
        fields.put(BACKLOG, backlog == null ? null : backlog.name());
        fields.put(MAPPED_BY, link.joinedInto() == null ? link.mappingVersion() : null);
      }
      case OutboxRow row -> {
        fields.put(URGENCY, row.urgency());
        fields.put(DUE_AT, time(row.dueAt()));
      }
      case Purchase purchase -> {
        boolean unfound = purchase.state() == Purchase.State.WAITING && purchase.link() == null;
        fields.put(UNFOUND_SINCE, unfound ? time(purchase.occurredAt()) : null);
      }
      case ParkedItem item -> fields.put(PARKED_AT, time(item.parkedAt()));
      case RecordClaim _, EmailClaim _ -> {
        // Found by their ids alone.
      }
    }
    return fields;
  }

  private static @Nullable Object time(@Nullable Instant time) {
    return time == null ? null : Fields.time(time);
  }

  Document read(DocumentKey.Collection collection, DocumentSnapshot stored) {
    return switch (collection) {
      case LINKS -> read(stored, Link.class);
      case RECORDS -> read(stored, RecordClaim.class);
      case EMAILS -> read(stored, EmailClaim.class);
      case OUTBOX -> read(stored, OutboxRow.class);
      case PURCHASES -> read(stored, Purchase.class);
      case PARKED -> read(stored, ParkedItem.class);
    };
  }

  <T extends Record> T read(DocumentSnapshot stored, Class<T> type) {
    return codec.decode(Fields.body(stored), type, stored.getReference().getPath());
  }

  Map<String, Object> created(HistoryEntry entry) {
    Map<String, @Nullable Object> lifted = new HashMap<>();
    lifted.put(AT, Fields.time(entry.at()));
    lifted.put(EXPIRE_AT, Fields.time(entry.at().plus(HISTORY_KEPT)));
    return Fields.ofNew(codec.encode(entry), lifted);
  }

  /**
   * An id for an entry: ids are in the order of time, within a commit in the order of the entries,
   * because that is how Firestore orders entries of one microsecond.
   */
  static String entryId(HistoryEntry entry, int position, long random) {
    Instant at = entry.at();
    return "%012x%08x-%04x-%016x".formatted(at.getEpochSecond(), at.getNano(), position, random);
  }
}
