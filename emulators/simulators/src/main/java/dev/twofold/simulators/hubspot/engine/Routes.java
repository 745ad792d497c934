package dev.twofold.simulators.hubspot.engine;

import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** From paths, versioned or dated, to the endpoints. */
final class Routes {
  private static final Pattern DATED =
      Pattern.compile(
          "/(crm/objects|crm/properties|events/custom|events|oauth)"
              + "/(\\d{4}-\\d{2}(?:-beta)?)(/.*)?");

  /** The calls on one kind of record, and on its properties. */
  record Objects(
      ObjectKind kind,
      ContactEndpoints single,
      BatchEndpoints batches,
      SearchEndpoint search,
      PropertyEndpoints properties) {}

  private final List<Objects> kinds;
  private final EventEndpoints events;

  Routes(List<Objects> kinds, EventEndpoints events) {
    this.kinds = List.copyOf(kinds);
    this.events = events;
  }

  /** The path in its v3 form: dates become v3, the type ids of records their names. */
  static String normal(String path) {
    String undated = path;
    Matcher dated = DATED.matcher(path);
    if (dated.matches()) {
      String rest = dated.group(3) == null ? "" : dated.group(3);
      undated =
          switch (dated.group(1)) {
            case "crm/objects" -> "/crm/v3/objects" + rest;
            case "crm/properties" -> "/crm/v3/properties" + rest;
            case "oauth" -> "/oauth/v1" + rest;
            default -> "/events/v3" + rest;
          };
    }
    return undated
        .replaceFirst("^/crm/v3/(objects|properties)/(0-1|contact)(?=/|$)", "/crm/v3/$1/contacts")
        .replaceFirst("^/crm/v3/(objects|properties)/(0-2|company)(?=/|$)", "/crm/v3/$1/companies")
        .replaceFirst("(?<=.)/$", "");
  }

  /** What a call is counted as: its path with ids replaced. */
  static String endpoint(String method, String path) {
    return method
        + " "
        + path.replaceFirst(
                "^(/crm/v3/objects/(?:contacts|companies)/)"
                    + "(?!batch/|search$|merge$|gdpr-delete$).+",
                "$1{id}")
            .replaceFirst(
                "^(/crm/v3/properties/(?:contacts|companies)/)(?!groups|batch).+", "$1{name}")
            .replaceFirst("^(/events/v3/event-definitions/).+", "$1{name}");
  }

  Reply route(Call call) {
    List<String> parts = List.of(call.path().substring(1).split("/", -1));
    for (Objects kind : kinds) {
      if (starts(parts, "crm", "v3", "objects", kind.kind().plural())) {
        return objects(kind, call, parts.subList(4, parts.size()));
      }
      if (starts(parts, "crm", "v3", "properties", kind.kind().plural())) {
        return kind.properties().route(call, parts.subList(4, parts.size()));
      }
    }
    if (starts(parts, "events", "v3")) {
      return events(call, parts.subList(2, parts.size()));
    }
    throw HubSpotRefusal.notFound();
  }

  private static boolean starts(List<String> parts, String... wanted) {
    return parts.size() >= wanted.length && parts.subList(0, wanted.length).equals(List.of(wanted));
  }

  private static Reply objects(Objects kind, Call call, List<String> rest) {
    ContactEndpoints single = kind.single();
    if (rest.isEmpty()) {
      return switch (call.method()) {
        case "GET" -> single.list(call);
        case "POST" -> single.create(call);
        default -> throw methodNotAllowed(call);
      };
    }
    boolean posts = call.method().equals("POST");
    return switch (String.join("/", rest)) {
      case "batch/read" -> posted(call, posts, kind.batches()::read);
      case "batch/create" -> posted(call, posts, kind.batches()::create);
      case "batch/update" -> posted(call, posts, kind.batches()::update);
      case "batch/upsert" -> posted(call, posts, kind.batches()::upsert);
      case "batch/archive" -> posted(call, posts, kind.batches()::archive);
      case "search" -> posted(call, posts, kind.search()::search);
      case "merge" -> posted(call, posts, single::merge);
      case "gdpr-delete" -> posted(call, posts, single::gdprDelete);
      default -> one(single, call, rest);
    };
  }

  private static Reply posted(Call call, boolean posts, Function<Call, Reply> endpoint) {
    if (!posts) {
      throw methodNotAllowed(call);
    }
    return endpoint.apply(call);
  }

  private static Reply one(ContactEndpoints single, Call call, List<String> rest) {
    if (rest.size() != 1) {
      throw HubSpotRefusal.notFound();
    }
    String key = rest.getFirst();
    return switch (call.method()) {
      case "GET" -> single.get(call, key);
      case "PATCH" -> single.update(call, key);
      case "DELETE" -> single.archive(call, key);
      default -> throw methodNotAllowed(call);
    };
  }

  private Reply events(Call call, List<String> rest) {
    String first = rest.isEmpty() ? "" : rest.getFirst();
    return switch (first) {
      case "event-definitions" -> {
        events.requireTier("behavioral_events.event_definitions.read_write");
        yield call.method().equals("POST") && rest.size() == 1
            ? events.define(call)
            : events.definitions(call, rest.subList(1, rest.size()));
      }
      case "send" -> {
        events.requireTier("analytics.behavioral_events.send");
        boolean batch = rest.size() == 2 && rest.get(1).equals("batch");
        yield posted(call, call.method().equals("POST"), batch ? events::sendBatch : events::send);
      }
      case "events", "" -> {
        events.requireTier("business-intelligence");
        yield events.read(call);
      }
      default -> throw HubSpotRefusal.notFound();
    };
  }

  static HubSpotRefusal methodNotAllowed(Call call) {
    return new HubSpotRefusal(
        405, "VALIDATION_ERROR", "Method " + call.method() + " is not allowed here");
  }
}
