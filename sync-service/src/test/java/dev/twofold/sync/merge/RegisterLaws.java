package dev.twofold.sync.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twofold.sync.record.CallSpan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * A register is a join: every set of foreign notices ends in one register, whatever their order and
 * however often they come. Exhaustive over notices of three values at three times, up to five of
 * them, from every register that a read or a write of ours can leave behind.
 */
class RegisterLaws {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private record Notice(String value, int second) {
    Register into(Register register) {
      return register.noticed(value, at(second));
    }
  }

  private static Instant at(int second) {
    return START.plusSeconds(second);
  }

  private static final List<Notice> NOTICES = notices();

  private static List<Notice> notices() {
    List<Notice> all = new ArrayList<>();
    for (String value : List.of("", "a", "b")) {
      for (int second = 1; second <= 3; second++) {
        all.add(new Notice(value, second));
      }
    }
    return all;
  }

  private static List<Register> beginnings() {
    CallSpan early = new CallSpan(at(0), at(0));
    CallSpan middle = new CallSpan(at(1), at(2));
    Register told = Register.UNKNOWN.noticed("a", at(1));
    return List.of(
        Register.UNKNOWN,
        Register.UNKNOWN.read("a", early),
        Register.UNKNOWN.read("a", middle),
        told,
        told.settled(),
        told.wrote("b", middle, at(1)),
        told.wrote("b", middle, null),
        Register.UNKNOWN.wrote("a", early, null),
        Register.UNKNOWN.wrote("a", middle, null));
  }

  @Test
  void neitherOrderNorRepetitionOfUpToFiveNoticesMatters() {
    for (Register beginning : beginnings()) {
      int sets =
          Exhaustive.overSets(
              NOTICES,
              5,
              beginning,
              (register, notice) -> notice.into(register),
              (chosen, end) -> {});
      assertThat(sets).isEqualTo(1 + 9 + 36 + 84 + 126 + 126);
    }
  }

  @Test
  void noticesMoveOnlyForwardInTheirOwnTime() {
    Exhaustive.overSets(
        NOTICES,
        3,
        Register.UNKNOWN,
        (register, notice) -> notice.into(register),
        (chosen, end) -> {
          Stamp seen = Objects.requireNonNull(end.seen());
          assertThat(seen.at())
              .isEqualTo(at(chosen.stream().mapToInt(Notice::second).max().orElseThrow()));
        });
  }

  @Test
  void twoValuesOfOneInstantAreDoubtfulUntilSomethingLaterComes() {
    Register contested = Register.UNKNOWN.noticed("a", at(1)).noticed("b", at(1));
    assertThat(contested.doubtful()).isTrue();
    assertThat(contested.noticed("a", at(1))).isEqualTo(contested);
    assertThat(contested.noticed("c", at(2)).doubtful()).isFalse();
  }

  /** Found by seed 5890: the second change was made after the read, in the second of the first. */
  @Test
  void aReadBesideTwoValuesOfOneInstantTellsNothing() {
    Register ours = Register.UNKNOWN.wrote("x", new CallSpan(at(0), at(0)), null);
    Register contested = ours.noticed("b", at(2)).noticed("a", at(2));

    Register beside = contested.read("b", new CallSpan(at(1), at(3)));

    assertThat(beside.doubtful()).isTrue();
    Register after = beside.read("a", new CallSpan(at(3), at(4)));
    assertThat(after.doubtful()).isFalse();
    assertThat(after.value()).isEqualTo("a");
  }

  @Test
  void aWriteFallingUponAnUnheardChangeIsDoubtfulWhicheverIsHeardFirst() {
    Register known = Register.UNKNOWN.noticed("a", at(1)).settled();
    CallSpan span = new CallSpan(at(3), at(4));
    Register noticedLast = known.wrote("b", span, at(1)).noticed("c", at(2));
    Register noticedFirst = known.noticed("c", at(2)).wrote("b", span, at(1));
    assertThat(noticedLast.doubtful()).isTrue();
    assertThat(noticedFirst).isEqualTo(noticedLast);
  }

  @Test
  void aReadThatShowsOurValueLeavesTheOverrunChangeClaimed() {
    Register doubtful =
        Register.UNKNOWN
            .noticed("a", at(1))
            .settled()
            .wrote("b", new CallSpan(at(3), at(4)), at(1))
            .noticed("c", at(2));
    Register read = doubtful.read("b", new CallSpan(at(10), at(11)));
    assertThat(read.doubtful()).isFalse();
    assertThat(read.isOverrun()).isTrue();
    assertThat(read.claimedValue()).isEqualTo("c");
    assertThat(read.value()).isEqualTo("b");
  }

  @Test
  void aReadThatShowsTheirsTellsThatTheirsCameLast() {
    Register doubtful =
        Register.UNKNOWN
            .noticed("a", at(1))
            .settled()
            .wrote("b", new CallSpan(at(3), at(4)), at(1))
            .noticed("c", at(4));
    Register read = doubtful.read("c", new CallSpan(at(10), at(11)));
    assertThat(read.value()).isEqualTo("c");
    assertThat(read.claimed()).isTrue();
    assertThat(read.isOverrun()).isFalse();
  }

  @Test
  void aReadThatMayBeOlderThanOurWriteIsNoChangeOfSomebodyElse() {
    Register written =
        Register.UNKNOWN
            .noticed("a", at(1))
            .settled()
            .wrote("b", new CallSpan(at(5), at(6)), at(1));
    for (int begun = 2; begun <= 6; begun++) {
      Register read = written.read("a", new CallSpan(at(begun), at(begun + 1)));
      assertThat(read.value()).isEqualTo("b");
      assertThat(read.claimed()).isFalse();
      assertThat(read.doubtful()).isTrue();
      assertThat(read.read("b", new CallSpan(at(8), at(9)))).isEqualTo(written);
      Register undone = read.read("a", new CallSpan(at(8), at(9)));
      assertThat(undone.claimedValue()).isEqualTo("a");
      assertThat(undone.isClearlyAfterOwnWrite()).isTrue();
    }
  }

  @Test
  void aReadBesideOurWriteThatShowsItSettlesNothingElse() {
    Register written = Register.UNKNOWN.wrote("b", new CallSpan(at(5), at(6)), null);
    assertThat(written.read("b", new CallSpan(at(4), at(6)))).isEqualTo(written);
  }
}
