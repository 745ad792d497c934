package dev.twofold.sync.world;

import dev.twofold.sync.mapping.Clearing;
import dev.twofold.sync.mapping.ConflictPolicy;
import dev.twofold.sync.mapping.Direction;
import dev.twofold.sync.mapping.FieldKind;
import dev.twofold.sync.mapping.FieldMapping;
import dev.twofold.sync.mapping.Mappings;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** What a tenant may have set: mostly the defaults, else anything that can be set. */
final class RandomMapping {

  private RandomMapping() {}

  static Mappings draw(RandomGenerator random) {
    Mappings defaults = Mappings.defaults();
    if (random.nextBoolean()) {
      return defaults;
    }
    List<FieldMapping> fields = new ArrayList<>();
    for (FieldMapping field : defaults.fields()) {
      boolean off = field.direction() == Direction.OFF;
      fields.add(off ? field : vary(field, random));
    }
    for (FieldMapping field : ExtraFields.ALL) {
      if (random.nextInt(3) == 0) {
        fields.add(vary(field, random));
      }
    }
    boolean matches = random.nextInt(6) > 0;
    return new Mappings(
        2, defaults.hubspotType(), defaults.stripeType(), matches, List.copyOf(fields));
  }

  /** The same fields with one more, or one of them changed, as an operator may at any time. */
  static List<FieldMapping> changed(Mappings current, RandomGenerator random) {
    List<FieldMapping> fields = new ArrayList<>(current.fields());
    List<FieldMapping> missing =
        ExtraFields.ALL.stream()
            .filter(extra -> fields.stream().noneMatch(each -> each.name().equals(extra.name())))
            .toList();
    if (!missing.isEmpty() && random.nextInt(3) == 0) {
      fields.add(vary(missing.get(random.nextInt(missing.size())), random));
      return fields;
    }
    int at = random.nextInt(fields.size());
    FieldMapping field = fields.get(at);
    boolean kind = field.name().value().equals("phone") && random.nextInt(3) == 0;
    fields.set(at, kind ? ofOtherKind(field) : vary(field, random));
    return fields;
  }

  private static FieldMapping ofOtherKind(FieldMapping phone) {
    return new FieldMapping(
        phone.name(),
        phone.kind() == FieldKind.PHONE ? FieldKind.TEXT : FieldKind.PHONE,
        phone.hubspotProperties(),
        phone.stripePath(),
        phone.direction(),
        phone.policy(),
        phone.clearing(),
        phone.choices());
  }

  private static FieldMapping vary(FieldMapping field, RandomGenerator random) {
    int way = random.nextInt(10);
    Direction direction =
        way < 6
            ? Direction.BOTH
            : way == 6
                ? Direction.TO_STRIPE
                : way == 7 ? Direction.TO_HUBSPOT : way == 8 ? Direction.ONCE : Direction.OFF;
    // Without an address nobody could be told from anybody; a tenant may set it, but learns little.
    boolean address = field.stripePath().equals("email");
    Direction chosen = address && direction == Direction.OFF ? Direction.BOTH : direction;
    int rule = random.nextInt(8);
    ConflictPolicy policy =
        rule < 4
            ? ConflictPolicy.LATEST
            : rule == 4
                ? ConflictPolicy.HUBSPOT
                : rule == 5 ? ConflictPolicy.STRIPE : ConflictPolicy.MANUAL;
    return new FieldMapping(
        field.name(),
        field.kind(),
        field.hubspotProperties(),
        field.stripePath(),
        chosen,
        policy,
        random.nextInt(4) == 0 ? Clearing.IGNORE : Clearing.PROPAGATE,
        field.choices());
  }
}
