package dev.twofold.sync.side.hubspot;

import dev.twofold.sync.failure.PermanentFailure;
import dev.twofold.sync.failure.Stage;
import dev.twofold.sync.record.CallSpan;
import dev.twofold.sync.record.RecordId;
import dev.twofold.sync.record.Side;
import dev.twofold.sync.record.Snapshot;
import dev.twofold.sync.record.TenantId;
import dev.twofold.sync.side.BatchResult;
import dev.twofold.sync.side.CallResult;
import dev.twofold.sync.side.HubSpotSide;
import dev.twofold.sync.side.Page;
import dev.twofold.sync.side.hubspot.HubSpotApi.Batch;
import dev.twofold.sync.side.hubspot.HubSpotApi.Contact;
import dev.twofold.sync.side.hubspot.HubSpotApi.Input;
import dev.twofold.sync.side.hubspot.HubSpotApi.Inputs;
import dev.twofold.sync.tenant.Connections;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestClientResponseException;

/** HubSpot over {@link HubSpotApi}, for every tenant. */
final class HubSpotApiSide implements HubSpotSide {

  /** Where a contact names its customer; no two contacts hold the same. */
  static final String MARK = "stripe_customer_id";

  /** Where a contact that the sync has made says so. */
  static final String ORIGIN = "stripe_sync_origin";

  private static final String ADDITIONAL_EMAILS = "hs_additional_emails";

  /** What came of an HTTP request. */
  private sealed interface Answer<T> {
    record Given<T>(T body, Instant date, Duration took) implements Answer<T> {}

    record Failed<T>(CallResult result) implements Answer<T> {}
  }

  private final Connections connections;
  private final String type;
  private final String plural;
  private final HubSpotApi api;
  private final HubSpotFailures failures;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final PurchaseSender purchases;

  HubSpotApiSide(
      Connections connections,
      HubSpotApi api,
      HubSpotFailures failures,
      InstantSource clock,
      LongSupplier nanoTime) {
    this.connections = connections;
    this.type = "contact";
    this.plural = HubSpotPaths.plural(type);
    this.api = api;
    this.failures = failures;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.purchases = new PurchaseSender(connections, api, failures, clock);
  }

  private HubSpotApiSide(HubSpotApiSide same, String type) {
    this.connections = same.connections;
    this.type = type;
    this.plural = HubSpotPaths.plural(type);
    this.api = same.api;
    this.failures = same.failures;
    this.clock = same.clock;
    this.nanoTime = same.nanoTime;
    this.purchases = same.purchases;
  }

  @Override
  public HubSpotSide of(String wanted) {
    return wanted.equals(type) ? this : new HubSpotApiSide(this, wanted);
  }

  @Override
  public BatchResult create(TenantId tenant, List<Row> rows, List<String> shown) {
    List<Input> inputs =
        rows.stream().map(row -> new Input(null, forCreate(row), row.ref())).toList();
    return batch(
        RowResults.Kind.CREATE,
        keys(rows),
        shown,
        () ->
            call(
                tenant,
                true,
                bearer -> api.create(bearer, plural, new Inputs(null, null, inputs))));
  }

  @Override
  public BatchResult update(TenantId tenant, List<Row> rows, List<String> shown) {
    List<Input> inputs =
        rows.stream().map(row -> new Input(id(row), forUpdate(row), row.ref())).toList();
    return batch(
        RowResults.Kind.UPDATE,
        keys(rows),
        shown,
        () ->
            call(
                tenant,
                false,
                bearer -> api.update(bearer, plural, new Inputs(null, null, inputs))));
  }

  @Override
  public BatchResult read(TenantId tenant, List<RecordId> contacts, List<String> shown) {
    List<Input> inputs =
        contacts.stream().distinct().map(each -> new Input(each.id(), null, null)).toList();
    List<RowResults.Key> keys =
        contacts.stream()
            .map(each -> new RowResults.Key(null, each.id(), null, Duration.ZERO))
            .toList();
    List<String> asked = asked(shown, ContactJson.MERGED_IDS);
    return batch(
        RowResults.Kind.READ,
        keys,
        shown,
        () ->
            call(
                tenant,
                false,
                bearer -> api.read(bearer, plural, new Inputs(null, asked, inputs))));
  }

  @Override
  public CallResult find(TenantId tenant, String email, List<String> shown) {
    return findBy(tenant, "email", email, shown);
  }

  @Override
  public CallResult findMarked(TenantId tenant, String customer, List<String> shown) {
    return findBy(tenant, MARK, customer, shown);
  }

  @Override
  public BatchResult send(TenantId tenant, List<PurchaseEvent> events) {
    refuseTooMany(events);
    return purchases.send(tenant, events);
  }

  @Override
  public Page list(TenantId tenant, @Nullable String cursor, List<String> shown) {
    String properties = String.join(",", asked(shown));
    Answer<HubSpotApi.ContactPage> answer =
        call(tenant, false, bearer -> api.list(bearer, plural, BATCH_MAX, cursor, properties));
    return switch (answer) {
      case Answer.Failed<HubSpotApi.ContactPage> failed -> new Page.Failed(failed.result());
      case Answer.Given<HubSpotApi.ContactPage> given -> page(given, shown);
    };
  }

  @Override
  public List<String> setUp(TenantId tenant) {
    String bearer =
        bearer(connections, tenant)
            .orElseThrow(() ->
                new PermanentFailure(
                    Stage.CALLING, "no HubSpot access token is set for tenant " + tenant, null));
    HubSpotSetUp setUp = new HubSpotSetUp(api, failures, bearer);
    try {
      setUp.properties();
      setUp.event().ifPresent(name -> purchases.named(tenant, name));
    } catch (RestClientResponseException refused) {
      throw setUp.failed(refused);
    }
    return setUp.report();
  }

  /** A new contact has nothing to clear. */
  private static Map<String, String> forCreate(Row row) {
    Map<String, String> properties = forUpdate(row);
    properties.values().removeIf(String::isEmpty);
    properties.put(ORIGIN, Side.STRIPE.label());
    return properties;
  }

  private static Map<String, String> forUpdate(Row row) {
    Map<String, String> properties = new LinkedHashMap<>(row.values());
    String mark = row.mark();
    if (mark != null) {
      properties.put(MARK, mark);
    }
    return properties;
  }

  private static List<RowResults.Key> keys(List<Row> rows) {
    return rows.stream()
        .map(row ->
            new RowResults.Key(
                row.ref(),
                row.record() == null ? null : id(row),
                row.mark(),
                row.sinceFirstAttempt()))
        .toList();
  }

  private static String id(Row row) {
    RecordId contact = row.record();
    if (contact == null) {
      throw new IllegalArgumentException("a change names its contact, row " + row.ref());
    }
    return contact.id();
  }

  private static List<String> asked(List<String> shown, String... more) {
    Set<String> asked = new LinkedHashSet<>(shown);
    asked.add(MARK);
    asked.addAll(Arrays.asList(more));
    return List.copyOf(asked);
  }

  private static void refuseTooMany(Collection<?> rows) {
    if (rows.size() > BATCH_MAX) {
      throw new IllegalArgumentException(
          "a call carries at most %d rows, came %d".formatted(BATCH_MAX, rows.size()));
    }
  }

  private BatchResult batch(
      RowResults.Kind kind,
      List<RowResults.Key> keys,
      List<String> shown,
      Supplier<Answer<Batch>> calling) {
    refuseTooMany(keys);
    if (keys.isEmpty()) {
      return new BatchResult.Rows(List.of());
    }
    return switch (calling.get()) {
      case Answer.Failed<Batch> failed -> new BatchResult.Whole(ofType(failed.result(), type));
      case Answer.Given<Batch> given ->
          new RowResults(kind, type, keys, failures.refusals())
              .of(given.body(), shown, given.date(), given.took());
    };
  }

  /** Refusals know of contacts alone. */
  static CallResult ofType(CallResult result, String type) {
    return result instanceof CallResult.Exists exists && exists.existing() != null
        ? new CallResult.Exists(
            new RecordId(Side.HUBSPOT, type, exists.existing().id()), exists.words())
        : result;
  }

  private CallResult findBy(TenantId tenant, String property, String value, List<String> shown) {
    Inputs inputs =
        new Inputs(
            property,
            asked(shown, "email", ADDITIONAL_EMAILS),
            List.of(new Input(value, null, null)));
    return switch (call(tenant, false, bearer -> api.read(bearer, plural, inputs))) {
      case Answer.Failed<Batch> failed -> failed.result();
      case Answer.Given<Batch> given -> found(given, property, value, shown);
    };
  }

  /** The answer does not say which input a contact was found by, so its values are looked at. */
  private CallResult found(
      Answer.Given<Batch> given, String property, String value, List<String> shown) {
    for (Contact contact : Objects.requireNonNullElse(given.body().results(), List.<Contact>of())) {
      String id = contact.id();
      if (id != null
          && !Boolean.TRUE.equals(contact.archived())
          && holds(contact, property, value)) {
        return new CallResult.Shown(
            ContactJson.read(contact, new RecordId(Side.HUBSPOT, type, id), shown),
            CallSpan.around(given.date(), given.took()));
      }
    }
    boolean missing =
        Objects.requireNonNullElse(given.body().errors(), List.<HubSpotApi.ApiError>of()).stream()
            .anyMatch(error -> "OBJECT_NOT_FOUND".equals(error.category()));
    return missing || given.body().results() != null
        ? new CallResult.Gone("no contact has this " + property)
        : new CallResult.Unknown("HubSpot's answer was no list of contacts");
  }

  private static boolean holds(Contact contact, String property, String value) {
    return ContactJson.value(contact, property).equalsIgnoreCase(value)
        || (property.equals("email")
            && Arrays.stream(ContactJson.value(contact, ADDITIONAL_EMAILS).split(";", -1))
                .anyMatch(value::equalsIgnoreCase));
  }

  private Page page(Answer.Given<HubSpotApi.ContactPage> given, List<String> shown) {
    List<Contact> contacts = given.body().results();
    if (contacts == null) {
      return new Page.Failed(new CallResult.Unknown("HubSpot's answer was no list of contacts"));
    }
    List<Snapshot> records =
        contacts.stream()
            .filter(contact -> contact.id() != null)
            .map(contact ->
                ContactJson.read(
                    contact,
                    new RecordId(Side.HUBSPOT, type, Objects.requireNonNull(contact.id())),
                    shown))
            .toList();
    HubSpotApi.Paging paging = given.body().paging();
    HubSpotApi.Next next = paging == null ? null : paging.next();
    return new Page.Listed(
        records, next == null ? null : next.after(), CallSpan.around(given.date(), given.took()));
  }

  private <T> Answer<T> call(
      TenantId tenant, boolean creating, Function<String, ResponseEntity<T>> calling) {
    Optional<String> bearer = bearer(connections, tenant);
    if (bearer.isEmpty()) {
      return new Answer.Failed<>(unset(tenant));
    }
    long begun = nanoTime.getAsLong();
    try {
      ResponseEntity<T> answer = calling.apply(bearer.get());
      Duration took = Duration.ofNanos(nanoTime.getAsLong() - begun);
      T body = answer.getBody();
      return body == null
          ? new Answer.Failed<>(new CallResult.Unknown("HubSpot's answer was empty"))
          : new Answer.Given<>(body, date(answer.getHeaders()), took);
    } catch (RestClientException failure) {
      return new Answer.Failed<>(failures.of(failure, creating));
    }
  }

  private Instant date(HttpHeaders headers) {
    try {
      long date = headers.getDate();
      return date < 0 ? clock.instant() : Instant.ofEpochMilli(date);
    } catch (IllegalArgumentException strange) {
      // Our own clock is the best that is left; the span is widened by the call's length anyway.
      return clock.instant();
    }
  }

  /** What a call says of itself, unless the tenant has no token. */
  static Optional<String> bearer(Connections connections, TenantId tenant) {
    return connections.token(tenant, Side.HUBSPOT).map(token -> "Bearer " + token.secret());
  }

  static CallResult unset(TenantId tenant) {
    return new CallResult.Denied("no HubSpot access token is set for tenant " + tenant);
  }
}
