package dev.twofold.sync.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twofold.sync.failure.RetryableFailure;
import dev.twofold.sync.mapping.Direction;
import dev.twofold.sync.mapping.FieldKind;
import dev.twofold.sync.mapping.FieldMapping;
import dev.twofold.sync.mapping.MappingVersions;
import dev.twofold.sync.mapping.Mappings;
import dev.twofold.sync.merge.Agreed;
import dev.twofold.sync.merge.FieldDecision;
import dev.twofold.sync.merge.Register;
import dev.twofold.sync.merge.Rule;
import dev.twofold.sync.record.FieldName;
import dev.twofold.sync.record.RecordId;
import dev.twofold.sync.record.Side;
import dev.twofold.sync.record.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RemappingTest {

  private static final TenantId MAIN = new TenantId("main");
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final FieldMapping X =
      FieldMapping.both("x", FieldKind.TEXT, List.of("x"), "metadata.x");
  private static final FieldMapping Y =
      FieldMapping.both("y", FieldKind.TEXT, List.of("y"), "metadata.y");

  private static Mappings version(int number, FieldMapping... fields) {
    return new Mappings(number, "contact", "customer", false, List.of(fields));
  }

  private static Link pair(Mappings mappings) {
    Link nobody = Link.create(LinkSamples.id(1), NOW, mappings.version());
    return nobody
        .with(
            Side.HUBSPOT,
            nobody.hubspot().holding(RecordId.contact("1"), null).completed().marked("c"))
        .with(
            Side.STRIPE,
            nobody.stripe().holding(RecordId.customer("c"), null).completed().marked("1"));
  }

  private static Link told(Link link, Mappings mappings, Side side, String value) {
    String property = side == Side.HUBSPOT ? "x" : "metadata.x";
    ForeignChange change = new ForeignChange(side, Map.of(property, value), NOW);
    return LinkEdits.noticed(link, change, mappings, NOW);
  }

  private static FieldDecision decision(Link link, Mappings mappings, String field) {
    return new Planner(mappings, null)
        .decide(link).stream()
            .filter(each -> each.field().value().equals(field))
            .findFirst()
            .orElseThrow();
  }

  @Test
  void readsBothSidesBeforeANewFieldMeets() {
    Mappings now = version(2, X, Y);
    Link remapped = Remapping.remapped(pair(version(1, X)), version(1, X), now);

    assertThat(decision(remapped, now, "y").uncertain())
        .containsExactlyInAnyOrder(Side.HUBSPOT, Side.STRIPE);
    Plan plan = new Planner(now, null).plan(remapped);
    assertThat(plan.work(Side.HUBSPOT)).isEqualTo(Work.READ);
    assertThat(plan.work(Side.STRIPE)).isEqualTo(Work.READ);
  }

  @Test
  void stillKnowsThatWhatNobodyToldWasBlank() {
    Mappings before = version(1, X);
    Link remapped = Remapping.remapped(pair(before), before, version(2, X, Y));

    assertThat(remapped.hubspot().register("x").value()).isEmpty();
    assertThat(remapped.hubspot().register("y")).isEqualTo(Register.UNKNOWN);
  }

  @Test
  void forgetsWhatIsMappedNoLonger() {
    Mappings before = version(1, X, Y);
    Link link = told(pair(before), before, Side.HUBSPOT, "private");
    link = LinkEdits.settled(link, new Planner(before, null).decide(link), before);

    Link remapped = Remapping.remapped(link, before, version(2, X.directed(Direction.OFF), Y));

    assertThat(remapped.hubspot().properties()).doesNotContainKey("x");
    assertThat(remapped.agreed()).doesNotContainKey(new FieldName("x"));
  }

  @Test
  void keepsAChangeThatWasUnderWay() {
    Mappings before = version(1, X.directed(Direction.TO_STRIPE));
    Mappings now = version(2, X);
    Link link = told(pair(before), before, Side.HUBSPOT, "a");

    Link remapped = Remapping.remapped(link, before, now);

    assertThat(decision(remapped, now, "x").behind()).containsExactly(Side.STRIPE);
  }

  @Test
  void showsWhatTheOldDirectionLeftAlone() {
    Mappings before = version(1, X.directed(Direction.TO_STRIPE));
    Mappings now = version(2, X);
    Link blankSource = told(pair(before), before, Side.STRIPE, "b");
    assertThat(decision(blankSource, before, "x").rule()).isEqualTo(Rule.BLANK_NEVER_OVERWRITES);

    Link remapped = Remapping.remapped(blankSource, before, now);

    assertThat(remapped.agreed()).containsEntry(new FieldName("x"), Agreed.APART);
    assertThat(decision(remapped, now, "x").rule()).isEqualTo(Rule.DIFFERENT_SINCE_BEFORE);
    assertThat(new Planner(now, null).plan(remapped).isQuiet()).isTrue();
  }

  @Test
  void isNoneOfThisWhereNothingIsWidened() {
    Mappings before = version(1, X);
    Link link = told(pair(before), before, Side.STRIPE, "b");

    Link remapped = Remapping.remapped(link, before, version(2, X));

    assertThat(remapped.mappedBy(1).agreed()).isEqualTo(link.agreed());
    assertThat(decision(remapped, version(2, X), "x").behind()).containsExactly(Side.HUBSPOT);
  }

  @Test
  void refusesToWorkWithMappingsThatAreOlderThanTheLinks() {
    InMemoryLinkStore store = new InMemoryLinkStore();
    Link newer = pair(version(2, X));
    assertThat(store.commit(MAIN, List.of(new Change(newer.key(), newer, null)), List.of()))
        .isTrue();
    Workspace workspace = new Workspace(store, MAIN);
    workspace.begin();
    LinkBook book = new LinkBook(workspace, MAIN, only(version(1, X)), NOW, new Random(1));

    assertThatThrownBy(() -> book.link(newer.id()))
        .isInstanceOf(RetryableFailure.class)
        .hasMessageContaining("has mappings 2, and 1 are known here");
  }

  private static MappingVersions only(Mappings mappings) {
    return new MappingVersions() {
      @Override
      public Mappings inForce() {
        return mappings;
      }

      @Override
      public Mappings version(int version) {
        throw new AssertionError("there is no version " + version);
      }
    };
  }
}
