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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
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

  /** Characters of a document of the history; a document may have a mebibyte. */
  private static final int HAPPENING_MAX = 100_000;

  /** What an entry has besides its details. */
  private static final int ENTRY_SIZE = 150;

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

  private String body(Document document) {
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

  /** What happened to one link in one commit and at one time, in its order: one document. */
  record Happening(List<HistoryEntry> entries) {

    Instant at() {
      return entries.getFirst().at();
    }

    LinkId link() {
      return entries.getFirst().link();
    }

    /**
     * An id that is in the order of time, within a commit in the order of its documents, because
     * that is how Firestore orders documents of one microsecond.
     */
    String id(int position, long random) {
      Instant at = at();
      return "%012x%08x-%04x-%016x".formatted(at.getEpochSecond(), at.getNano(), position, random);
    }
  }

  /**
   * The entries of a commit by link and time. What would become too large for a document goes on in
   * another.
   */
  static List<Happening> happenings(List<HistoryEntry> history) {
    Map<List<Object>, List<HistoryEntry>> alike = new LinkedHashMap<>();
    history.forEach(entry ->
        alike
            .computeIfAbsent(List.of(entry.link(), entry.at()), any -> new ArrayList<>())
            .add(entry));
    List<Happening> happenings = new ArrayList<>();
    for (List<HistoryEntry> entries : alike.values()) {
      int from = 0;
      int size = 0;
      for (int each = 0; each < entries.size(); each++) {
        int more = size(entries.get(each));
        if (each > from && size + more > HAPPENING_MAX) {
          happenings.add(new Happening(List.copyOf(entries.subList(from, each))));
          from = each;
          size = 0;
        }
        size += more;
      }
      happenings.add(new Happening(List.copyOf(entries.subList(from, entries.size()))));
    }
    return happenings;
  }

  private static int size(HistoryEntry entry) {
    return ENTRY_SIZE
        + entry.details().entrySet().stream()
            .mapToInt(each -> each.getKey().length() + each.getValue().length())
            .sum();
  }

  Map<String, Object> created(Happening happening) {
    Map<String, @Nullable Object> lifted = new HashMap<>();
    lifted.put(AT, Fields.time(happening.at()));
    lifted.put(EXPIRE_AT, Fields.time(happening.at().plus(HISTORY_KEPT)));
    return Fields.ofNew(codec.encode(happening), lifted);
  }
}
