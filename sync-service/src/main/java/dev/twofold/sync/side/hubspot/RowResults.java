package dev.twofold.sync.side.hubspot;

import dev.twofold.sync.record.CallSpan;
import dev.twofold.sync.record.RecordId;
import dev.twofold.sync.record.Side;
import dev.twofold.sync.side.BatchResult;
import dev.twofold.sync.side.CallResult;
import dev.twofold.sync.side.MaskedWords;
import dev.twofold.sync.side.hubspot.HubSpotApi.ApiError;
import dev.twofold.sync.side.hubspot.HubSpotApi.Batch;
import dev.twofold.sync.side.hubspot.HubSpotApi.Contact;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds in the answer to a batch what came of each row. Results come in any order, some rows come
 * as errors, and some are not mentioned at all (a contact that was merged away, when it is
 * changed): those stay unknown, so that a read tells.
 */
final class RowResults {

  /** What a call is about. */
  enum Kind {
    CREATE,
    UPDATE,
    READ
  }

  /**
   * How the answer names a row.
   *
   * @param ref its trace id; null for a read
   * @param id the contact; null for a create
   * @param mark the unique mark it carries, if any
   */
  record Key(
      @Nullable String ref,
      @Nullable String id,
      @Nullable String mark,
      Duration sinceFirstAttempt) {}

  private final Kind kind;
  private final String type;
  private final List<Key> rows;
  private final Refusals refusals;
  private final List<@Nullable CallResult> results = new ArrayList<>();
  private final List<ApiError> nameless = new ArrayList<>();

  RowResults(Kind kind, String type, List<Key> rows, Refusals refusals) {
    this.kind = kind;
    this.type = type;
    this.rows = rows;
    this.refusals = refusals;
    rows.forEach(row -> results.add(null));
  }

  /** The results in the order of the rows, of an answer with that date to a call so long. */
  BatchResult of(Batch answer, List<String> shown, Instant date, Duration took) {
    for (Contact contact : Objects.requireNonNullElse(answer.results(), List.<Contact>of())) {
      for (int row : rowsOf(contact)) {
        set(row, shown(contact, rows.get(row), shown, date, took));
      }
    }
    for (ApiError error : Objects.requireNonNullElse(answer.errors(), List.<ApiError>of())) {
      Set<Integer> named = rowsOf(error);
      if (named.isEmpty()) {
        nameless.add(error);
      }
      named.forEach(row -> set(row, refusals.of(error, false, kind == Kind.CREATE)));
    }
    fillTheOnlyGap();
    return new BatchResult.Rows(
        results.stream().map(result -> result == null ? unmentioned() : result).toList());
  }

  private void set(int row, CallResult result) {
    if (results.get(row) == null) {
      results.set(row, HubSpotApiSide.ofType(result, type));
    }
  }

  private CallResult shown(
      Contact contact, Key row, List<String> shown, Instant date, Duration took) {
    String id = contact.id();
    if (id == null || !id.matches("[0-9]{1,30}")) {
      return new CallResult.Unknown("HubSpot's answer showed a contact without an id");
    }
    if (Boolean.TRUE.equals(contact.archived())) {
      return new CallResult.Gone("the contact is in HubSpot's recycle bin");
    }
    RecordId record = new RecordId(Side.HUBSPOT, type, id);
    CallSpan span = CallSpan.around(date, took).startingEarlier(row.sinceFirstAttempt);
    return new CallResult.Shown(
        kind == Kind.READ
            ? ContactJson.read(contact, record, shown)
            : ContactJson.written(contact, record, shown),
        span);
  }

  private List<Integer> rowsOf(Contact contact) {
    String trace = contact.objectWriteTraceId();
    List<Integer> found = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      Key key = rows.get(row);
      boolean matches =
          switch (kind) {
            case CREATE -> trace == null ? carriesMark(contact, key) : trace.equals(key.ref);
            case UPDATE ->
                trace == null ? Objects.equals(contact.id(), key.id) : trace.equals(key.ref);
            case READ -> isOrSwallowed(contact, key);
          };
      if (matches) {
        found.add(row);
      }
    }
    return found;
  }

  /** An answer without trace ids still shows the mark, and no two contacts carry the same. */
  private static boolean carriesMark(Contact contact, Key key) {
    return key.mark != null && key.mark.equals(ContactJson.value(contact, HubSpotApiSide.MARK));
  }

  private static boolean isOrSwallowed(Contact contact, Key key) {
    return key.id != null
        && (key.id.equals(contact.id()) || ContactJson.hasSwallowed(contact, key.id));
  }

  private Set<Integer> rowsOf(ApiError error) {
    List<String> refs = Refusals.context(error.context(), "objectWriteTraceId");
    List<String> ids = Refusals.context(error.context(), "ids");
    Set<Integer> named = new LinkedHashSet<>();
    for (int row = 0; row < rows.size(); row++) {
      Key key = rows.get(row);
      if ((key.ref != null && refs.contains(key.ref)) || (key.id != null && ids.contains(key.id))) {
        named.add(row);
      }
    }
    return named;
  }

  /** One error that names no row, and one row of which nothing is said, belong together. */
  private void fillTheOnlyGap() {
    int first = results.indexOf(null);
    if (nameless.size() == 1 && first >= 0 && first == results.lastIndexOf(null)) {
      set(first, refusals.of(nameless.getFirst(), false, kind == Kind.CREATE));
    }
  }

  private CallResult unmentioned() {
    String also =
        nameless.isEmpty() || nameless.getFirst().message() == null
            ? ""
            : "; it said: " + MaskedWords.of(nameless.getFirst().message());
    return new CallResult.Unknown("HubSpot's answer did not mention this row" + also);
  }
}
