package dev.twofold.sync.merge;

import dev.twofold.sync.mapping.FieldMapping;
import dev.twofold.sync.record.FieldValue;
import dev.twofold.sync.record.Side;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One side of one field, its registers put together.
 *
 * @param known what the side holds; null while it is not known
 * @param claim the value of its unsettled change; null where nothing is unsettled
 * @param at when its newest change was made, if known
 * @param overrun whether our write fell upon the claim, so that {@code known} is ours
 * @param afterOwnWrite whether the claim was made on top of a value that we had written
 * @param ours whether {@code known} is nothing but what we wrote there
 */
record FieldView(
    Side side,
    @Nullable FieldValue known,
    @Nullable FieldValue claim,
    @Nullable Instant at,
    boolean overrun,
    boolean afterOwnWrite,
    boolean ours,
    boolean doubtful,
    boolean absent) {

  static FieldView of(
      FieldMapping mapping,
      Side side,
      List<Register> registers,
      Knowledge knowledge,
      @Nullable FieldValue guide) {
    if (knowledge == Knowledge.ABSENT) {
      return new FieldView(side, null, null, null, false, false, false, false, true);
    }
    boolean unknown =
        knowledge != Knowledge.COMPLETE
            && registers.stream().anyMatch(register -> register.value() == null);
    boolean claimed = registers.stream().anyMatch(Register::claimed);
    FieldValue known =
        unknown ? null : value(mapping, side, texts(registers, Register::value), guide);
    FieldValue claim =
        unknown || !claimed
            ? null
            : value(mapping, side, texts(registers, Register::claimedValue), guide);
    return new FieldView(
        side,
        known,
        claim,
        newest(registers, claimed),
        registers.stream().anyMatch(Register::isOverrun),
        registers.stream().anyMatch(Register::isClearlyAfterOwnWrite),
        isOurs(registers),
        registers.stream().anyMatch(Register::doubtful),
        false);
  }

  private static boolean isOurs(List<Register> registers) {
    return registers.stream().anyMatch(Register::isOurs)
        && registers.stream().allMatch(register -> register.isOurs() || register.isUntold());
  }

  private static List<String> texts(
      List<Register> registers, Function<Register, @Nullable String> from) {
    return registers.stream()
        .map(register -> Objects.requireNonNullElse(from.apply(register), ""))
        .toList();
  }

  private static FieldValue value(
      FieldMapping mapping, Side side, List<String> parts, @Nullable FieldValue guide) {
    return side == Side.STRIPE
        ? mapping.kind().ofStripe(parts.getFirst(), guide)
        : new FieldValue(parts);
  }

  private static @Nullable Instant newest(List<Register> registers, boolean claimedOnly) {
    Instant newest = null;
    for (Register register : registers) {
      Stamp seen = register.seen();
      if (seen == null || seen.approximate() || (claimedOnly && !register.claimed())) {
        continue;
      }
      if (newest == null || seen.at().isAfter(newest)) {
        newest = seen.at();
      }
    }
    return newest;
  }
}
