package dev.twofold.sync.side.stripe;

import dev.twofold.sync.side.StripeSide.Write;
import java.util.LinkedHashMap;
import java.util.Map;

/** The parameters of a write. The same write gives the same form, as its idempotency key asks. */
final class StripeForm {

  /** Where a customer names its contact. */
  static final String MARK = "metadata.hubspot_contact_id";

  private StripeForm() {}

  /** The parameters of a new customer, which has nothing to clear. */
  static Map<String, Object> ofCreate(Write write) {
    Map<String, Object> form = new LinkedHashMap<>();
    write
        .values()
        .forEach((path, value) -> {
          if (!value.isEmpty()) {
            put(form, path, value);
          }
        });
    return marked(form, write);
  }

  /** The parameters of a change; Stripe clears what is sent empty. */
  static Map<String, Object> ofUpdate(Write write) {
    Map<String, Object> form = new LinkedHashMap<>();
    write.values().forEach((path, value) -> put(form, path, value));
    return marked(form, write);
  }

  private static Map<String, Object> marked(Map<String, Object> form, Write write) {
    String mark = write.mark();
    if (mark != null) {
      put(form, MARK, mark);
    }
    return form;
  }

  private static void put(Map<String, Object> form, String path, String value) {
    int dot = path.indexOf('.');
    if (dot < 0) {
      form.put(path, value);
      return;
    }
    Object inner = form.computeIfAbsent(path.substring(0, dot), name -> new LinkedHashMap<>());
    if (!(inner instanceof Map<?, ?>)) {
      throw new IllegalArgumentException("both a value and a part of one are written: " + path);
    }
    @SuppressWarnings("unchecked") // Only this method puts maps in, and those hold strings as keys.
    Map<String, Object> nested = (Map<String, Object>) inner;
    put(nested, path.substring(dot + 1), value);
  }
}
