package dev.twofold.cloudtasks.transport;

import com.google.cloud.tasks.v2.Queue;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.twofold.cloudtasks.engine.QueueSnapshot;
import dev.twofold.cloudtasks.engine.RequestRefused;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The filter of ListQueues: comparisons of fields, such as {@code state: PAUSED} or {@code
 * rateLimits.maxDispatchesPerSecond >= 100}, joined by AND. Refuses what it does not understand
 * rather than show everything.
 */
final class QueueFilter {

  private record Term(List<String> path, String operator, String value) {}

  private static final Pattern TERM =
      Pattern.compile(
          "\\s*([A-Za-z_][A-Za-z0-9_.]*)\\s*(<=|>=|!=|=|:|<|>)\\s*(\"[^\"]*\"|\\S+)\\s*(AND\\b)?");

  private final List<Term> terms;

  private QueueFilter(List<Term> terms) {
    this.terms = List.copyOf(terms);
  }

  static QueueFilter parse(String text) {
    List<Term> terms = new ArrayList<>();
    Matcher matcher = TERM.matcher(text);
    int at = 0;
    boolean more = !text.isBlank();
    while (more) {
      matcher.region(at, text.length());
      if (!matcher.lookingAt()) {
        throw invalid(text);
      }
      String value = matcher.group(3).replaceAll("^\"|\"$", "");
      terms.add(new Term(List.of(matcher.group(1).split("\\.")), matcher.group(2), value));
      at = matcher.end();
      more = at < text.length();
      if (more != (matcher.group(4) != null)) {
        throw invalid(text);
      }
    }
    return new QueueFilter(terms);
  }

  boolean accepts(QueueSnapshot queue) {
    Queue proto = QueueMapping.toProto(queue);
    return terms.stream().allMatch(term -> holds(term, proto));
  }

  private static boolean holds(Term term, Message queue) {
    Object value = queue;
    for (String name : term.path()) {
      value = value instanceof Message message ? field(message, name) : null;
      if (value == null) {
        throw invalid(String.join(".", term.path()));
      }
    }
    String text =
        value instanceof EnumValueDescriptor constant ? constant.getName() : value.toString();
    int order =
        value instanceof Number ? compare(text, term.value()) : text.compareTo(term.value());
    return switch (term.operator()) {
      case "=" -> order == 0;
      case ":" -> order == 0 || (value instanceof String && text.contains(term.value()));
      case "!=" -> order != 0;
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      case ">=" -> order >= 0;
      default -> throw invalid(term.operator());
    };
  }

  private static @Nullable Object field(Message message, String name) {
    String snake = name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    FieldDescriptor field = message.getDescriptorForType().findFieldByName(snake);
    return field == null ? null : message.getField(field);
  }

  private static int compare(String value, String bound) {
    try {
      return new BigDecimal(value).compareTo(new BigDecimal(bound));
    } catch (NumberFormatException notANumber) {
      throw invalid(bound);
    }
  }

  private static RequestRefused invalid(String text) {
    return new RequestRefused(
        RequestRefused.Reason.INVALID_ARGUMENT,
        "ListQueuesRequest.filter cannot be understood at '" + text.strip() + "'.");
  }
}
