package dev.twofold.sync.mapping;

import dev.twofold.sync.record.FieldValue;
import dev.twofold.sync.record.Side;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a field's values mean: when two of them are the same, how each side spells them, and which
 * would not survive the trip to the other side and back.
 */
public enum FieldKind {
  EMAIL,
  NAME,
  PHONE,
  TEXT,
  NUMBER,
  BOOLEAN,
  DATE,
  CHOICE;

  /** Stripe's bounds. @see <a href="https://docs.stripe.com/api/customers">Stripe customers</a> */
  private static final int STRIPE_NAME_MAX = 256;

  private static final int STRIPE_EMAIL_MAX = 512;
  private static final int STRIPE_PHONE_MAX = 20;
  private static final int STRIPE_DESCRIPTION_MAX = 350;
  private static final int STRIPE_METADATA_MAX = 500;
  private static final int HUBSPOT_TEXT_MAX = 65_536;

  private static final Pattern NUMBER_FORM = Pattern.compile("-?\\d{1,40}(\\.\\d{1,20})?");
  private static final Pattern MILLIS = Pattern.compile("-?\\d{9,15}");

  /** How many properties of HubSpot one field of this kind takes. */
  public int hubspotParts() {
    return this == NAME ? 2 : 1;
  }

  /**
   * Whether two values mean the same: e-mail without case, phone by its digits, names by single
   * spaces, numbers, booleans and dates by what they say.
   */
  public boolean same(FieldValue one, FieldValue other) {
    return normal(one).equals(normal(other));
  }

  /** The form in which equal values are equal texts. */
  public String normal(FieldValue value) {
    String text = value.joined();
    return switch (this) {
      case EMAIL -> text.strip().toLowerCase(Locale.ROOT);
      case NAME -> PersonName.singleSpaced(text);
      case PHONE -> digits(text);
      case TEXT, CHOICE -> text.strip();
      case NUMBER -> number(text);
      case BOOLEAN -> text.strip().toLowerCase(Locale.ROOT);
      case DATE -> date(text);
    };
  }

  /**
   * A Stripe text as a value of this kind.
   *
   * @param guide the parts the name is known by, if any
   */
  public FieldValue ofStripe(String text, @Nullable FieldValue guide) {
    return this == NAME ? PersonName.split(text, guide) : FieldValue.of(text);
  }

  /** The value as Stripe holds it. */
  public String forStripe(FieldValue value) {
    return this == DATE && !value.isBlank() ? date(value.text()) : value.text().strip();
  }

  /** The value as HubSpot's properties hold it, one text for each. */
  public List<String> forHubSpot(FieldValue value) {
    if (this == NAME && value.parts().size() == 1) {
      return PersonName.split(value.text(), null).parts();
    }
    if ((this == BOOLEAN || this == DATE) && !value.isBlank()) {
      return List.of(normal(value));
    }
    return value.parts().stream().map(String::strip).toList();
  }

  /**
   * Why the value must not be written to that side: it would be refused there, or come back as
   * something else. Empty when it survives.
   */
  public Optional<String> problem(FieldMapping mapping, Side target, FieldValue value) {
    if (value.isBlank()) {
      return Optional.empty();
    }
    return target == Side.STRIPE ? stripeProblem(mapping, value) : hubspotProblem(mapping, value);
  }

  private Optional<String> stripeProblem(FieldMapping mapping, FieldValue value) {
    int length = forStripe(value).codePointCount(0, forStripe(value).length());
    int max =
        switch (mapping.stripePath()) {
          case "email" -> STRIPE_EMAIL_MAX;
          case "name" -> STRIPE_NAME_MAX;
          case "phone", "shipping.phone" -> STRIPE_PHONE_MAX;
          case "description" -> STRIPE_DESCRIPTION_MAX;
          default -> STRIPE_METADATA_MAX;
        };
    if (length > max) {
      return Optional.of(
          "Stripe takes at most %d characters here, the value has %d".formatted(max, length));
    }
    return this == EMAIL ? EmailAddress.problem(value.text()) : Optional.empty();
  }

  private Optional<String> hubspotProblem(FieldMapping mapping, FieldValue value) {
    return switch (this) {
      case EMAIL -> EmailAddress.problem(value.text());
      case NUMBER ->
          NUMBER_FORM.matcher(value.text().strip()).matches()
              ? Optional.empty()
              : Optional.of("HubSpot takes digits, one point and a leading minus for a number");
      case BOOLEAN ->
          List.of("true", "false").contains(normal(value))
              ? Optional.empty()
              : Optional.of("HubSpot takes true or false here");
      case DATE ->
          isDate(value.text())
              ? Optional.empty()
              : Optional.of("HubSpot takes a date such as 2026-11-21 here");
      case CHOICE ->
          mapping.choices().isEmpty() || mapping.choices().contains(value.text().strip())
              ? Optional.empty()
              : Optional.of("HubSpot does not have this choice");
      case NAME, PHONE, TEXT ->
          value.text().length() <= HUBSPOT_TEXT_MAX
              ? Optional.empty()
              : Optional.of("HubSpot takes at most %d characters".formatted(HUBSPOT_TEXT_MAX));
    };
  }

  private static String digits(String text) {
    StringBuilder digits = new StringBuilder();
    int place = 0;
    while (place < text.length()) {
      int point = text.codePointAt(place);
      int digit = Character.digit(point, 10);
      if (digit >= 0) {
        digits.append(digit);
      }
      place += Character.charCount(point);
    }
    boolean international = text.strip().startsWith("+") || text.strip().startsWith("00");
    String all = digits.toString();
    // A text without digits is still a value, and two such texts differ by their letters.
    if (all.isEmpty()) {
      return text.strip().toLowerCase(Locale.ROOT);
    }
    return international && all.startsWith("00") ? all.substring(2) : all;
  }

  private static String number(String text) {
    String plain = text.strip();
    if (!NUMBER_FORM.matcher(plain).matches()) {
      return plain;
    }
    BigDecimal number = new BigDecimal(plain);
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  private static boolean isDate(String text) {
    try {
      return LocalDate.parse(date(text)) != null;
    } catch (DateTimeException notDate) {
      return false;
    }
  }

  private static String date(String text) {
    String plain = text.strip();
    try {
      if (MILLIS.matcher(plain).matches()) {
        return Instant.ofEpochMilli(Long.parseLong(plain))
            .atOffset(ZoneOffset.UTC)
            .toLocalDate()
            .toString();
      }
      return plain.length() >= 10 ? LocalDate.parse(plain.substring(0, 10)).toString() : plain;
    } catch (DateTimeException notADate) {
      return plain;
    }
  }
}
