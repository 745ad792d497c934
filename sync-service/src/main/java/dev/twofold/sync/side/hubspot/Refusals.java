package dev.twofold.sync.side.hubspot;

import dev.twofold.sync.record.RecordId;
import dev.twofold.sync.side.CallResult;
import dev.twofold.sync.side.MaskedWords;
import dev.twofold.sync.side.hubspot.HubSpotApi.ApiError;
import dev.twofold.sync.side.hubspot.HubSpotApi.Detail;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the errors with which HubSpot refuses a row, or a batch because of a row. What was wrong
 * with which property is JSON inside the message.
 */
final class Refusals {

  private static final Pattern EXISTING = Pattern.compile("Existing ID:\\s*(\\d{1,30})");
  private static final String VALUES_BEGIN = "Property values were not valid:";
  private static final String UNIQUE_CLASH = "CONFLICTING_UNIQUE_VALUE";

  /** What was wrong with a value. */
  private record Problem(@Nullable String name, @Nullable String error, @Nullable String message) {}

  private final JsonMapper json;

  Refusals(JsonMapper json) {
    this.json = json;
  }

  /**
   * What that error means for a row.
   *
   * @param conflict whether the status already said that something of that kind is there
   * @param creating whether the row makes a contact: only then is a clash with another one a {@link
   *     CallResult.Exists}; a change that another contact stands in the way of is refused
   */
  CallResult of(ApiError error, boolean conflict, boolean creating) {
    String words = Objects.requireNonNullElse(error.message(), "refused without a word");
    String category = Objects.requireNonNullElse(error.category(), "");
    List<Problem> problems = problems(error, words);
    if (conflict || category.equals("CONFLICT") || EXISTING.matcher(words).find()) {
      return clash("email", error, words, creating);
    }
    for (Problem problem : problems) {
      if (UNIQUE_CLASH.equals(problem.error) && isMark(problem)) {
        return clash(HubSpotApiSide.MARK, error, words, creating);
      }
    }
    return switch (category) {
      case "OBJECT_NOT_FOUND" -> new CallResult.Gone(words);
      case "VALIDATION_ERROR" -> refused(problems, words);
      case "MISSING_SCOPES", "INVALID_AUTHENTICATION", "EXPIRED_AUTHENTICATION" ->
          new CallResult.Denied(MaskedWords.of(words));
      case "RATE_LIMITS" -> new CallResult.Limited("rate_limits", null);
      default ->
          problems.isEmpty()
              ? new CallResult.Unknown(MaskedWords.of(words))
              : refused(problems, words);
    };
  }

  private static CallResult clash(String field, ApiError error, String words, boolean creating) {
    return creating
        ? new CallResult.Exists(existing(error, words), words)
        : new CallResult.Refused(field, words);
  }

  /** The exact shape of this error is not published; it may not name its property. */
  private static boolean isMark(Problem problem) {
    return problem.name == null || problem.name.equals(HubSpotApiSide.MARK);
  }

  private static CallResult refused(List<Problem> problems, String words) {
    if (problems.isEmpty()) {
      return new CallResult.Refused(null, words);
    }
    return new CallResult.Refused(
        problems.getFirst().name,
        problems.stream()
            .map(problem ->
                Objects.requireNonNullElse(
                    problem.message, Objects.requireNonNullElse(problem.error, "refused")))
            .distinct()
            .collect(Collectors.joining("; ")));
  }

  private static @Nullable RecordId existing(ApiError error, String words) {
    List<String> named = context(error.context(), "existingId");
    if (!named.isEmpty() && named.getFirst().matches("\\d{1,30}")) {
      return RecordId.contact(named.getFirst());
    }
    Matcher inWords = EXISTING.matcher(words);
    return inWords.find() ? RecordId.contact(inWords.group(1)) : null;
  }

  private List<Problem> problems(ApiError error, String words) {
    int begin = words.indexOf('[', Math.max(0, words.indexOf(VALUES_BEGIN)));
    if (words.contains(VALUES_BEGIN) && begin >= 0) {
      try {
        return List.of(json.readValue(words.substring(begin), Problem[].class));
      } catch (JacksonException cutShort) {
        // Long messages may be cut; the first reasons are also listed beside the message.
        return details(error);
      }
    }
    return details(error);
  }

  private static List<Problem> details(ApiError error) {
    List<Problem> problems = new ArrayList<>();
    for (Detail detail : Objects.requireNonNullElse(error.errors(), List.<Detail>of())) {
      List<String> names = context(detail.context(), "propertyName");
      problems.add(
          new Problem(names.isEmpty() ? null : names.getFirst(), detail.code(), detail.message()));
    }
    return problems;
  }

  /** The texts of that name in the context of an error. */
  static List<String> context(@Nullable Map<String, JsonNode> context, String name) {
    JsonNode values = context == null ? null : context.get(name);
    if (values == null) {
      return List.of();
    }
    return values.isArray()
        ? values.values().stream().map(value -> value.asString("")).toList()
        : List.of(values.asString(""));
  }
}
