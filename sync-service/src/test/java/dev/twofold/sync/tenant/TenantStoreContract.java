package dev.twofold.sync.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twofold.sync.mapping.Clearing;
import dev.twofold.sync.mapping.ConflictPolicy;
import dev.twofold.sync.mapping.Direction;
import dev.twofold.sync.mapping.FieldKind;
import dev.twofold.sync.mapping.FieldMapping;
import dev.twofold.sync.mapping.Mappings;
import dev.twofold.sync.record.FieldName;
import dev.twofold.sync.record.Side;
import dev.twofold.sync.record.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every {@link TenantStore} keeps. Each test begins with a tenant that was never stored. */
public interface TenantStoreContract {

  /** A time with every digit down to the nanosecond. */
  Instant NOW = Instant.parse("2026-11-21T09:00:00.123456789Z");

  /** The store. */
  TenantStore store();

  /** A tenant of which nothing is stored; the same one within a test. */
  TenantId tenant();

  @Test
  default void knowsNothingOfATenantThatWasNeverStored() {
    assertThat(store().load(tenant())).isEmpty();
    assertThat(store().all()).doesNotContain(tenant());
  }

  @Test
  default void beginsWithAnUnconnectedTenant() {
    Tenant stored = store().update(tenant(), unchanged -> unchanged);

    assertThat(stored.state()).isEqualTo(TenantState.UNCONNECTED);
    assertThat(store().load(tenant())).contains(stored);
    assertThat(store().all()).contains(tenant());
  }

  @Test
  default void returnsATenantAsItWasStored() {
    Tenant full =
        new Tenant(
            tenant(),
            TenantState.BROKEN,
            "401: „expired“ \ud83d\ude80",
            Side.STRIPE,
            ConnectMode.CREATE_MISSING,
            Map.of(Side.HUBSPOT, 10, Side.STRIPE, 25),
            7,
            3,
            Map.of(
                Side.HUBSPOT,
                new Indexing("after=a.b/c", 12, 1_234_567_890_123L, false),
                Side.STRIPE,
                new Indexing(null, 1, 0, true)),
            NOW);

    assertThat(store().update(tenant(), any -> full)).isEqualTo(full);
    assertThat(store().load(tenant())).contains(full);
  }

  @Test
  default void computesAChangeFromWhatIsStored() {
    store().update(tenant(), before -> before.connecting(ConnectMode.MATCH_ONLY, NOW));

    Tenant indexed =
        store()
            .update(
                tenant(),
                before ->
                    before.indexed(Side.STRIPE, before.indexing(Side.STRIPE).advanced(9, "x")));

    assertThat(indexed.connectedAt()).isEqualTo(NOW);
    assertThat(indexed.indexing(Side.STRIPE)).isEqualTo(new Indexing("x", 1, 9, false));
    assertThat(store().load(tenant())).contains(indexed);
  }

  @Test
  default void forgetsWhatAChangeTookAway() {
    store().update(tenant(), before -> before.in(TenantState.BROKEN, "why", Side.HUBSPOT));

    Tenant live = store().update(tenant(), before -> before.in(TenantState.LIVE, null, null));

    assertThat(store().load(tenant())).contains(live);
    assertThat(live.reason()).isNull();
  }

  @Test
  default void losesNoChangeOfManyAtOnce() throws Exception {
    List<Callable<Tenant>> changes = new ArrayList<>();
    for (int change = 0; change < 6; change++) {
      changes.add(() ->
          store()
              .update(
                  tenant(),
                  before ->
                      before.indexed(Side.STRIPE, before.indexing(Side.STRIPE).advanced(1, "x"))));
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Tenant> changed : threads.invokeAll(changes)) {
        assertThat(changed.get().id()).isEqualTo(tenant());
      }
    }

    assertThat(store().load(tenant()))
        .hasValueSatisfying(
            stored -> assertThat(stored.indexing(Side.STRIPE).records()).isEqualTo(6));
  }

  @Test
  default void refusesToTurnATenantIntoAnother() {
    assertThatThrownBy(() ->
            store()
                .update(tenant(), any -> Tenant.unconnected(new TenantId("somebody-else"), "why")))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  default void answersTheDefaultsWhereVersionOneWasNeverStored() {
    assertThat(store().mappings(tenant(), 1)).isEqualTo(Mappings.defaults());
    assertThatThrownBy(() -> store().mappings(tenant(), 2))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("version 2");
  }

  @Test
  default void returnsMappingsAsTheyWereStored() {
    Mappings first = mappings(1);
    Mappings second = mappings(2);
    assertThat(store().store(tenant(), first)).isTrue();
    assertThat(store().store(tenant(), second)).isTrue();

    assertThat(store().mappings(tenant(), 1)).isEqualTo(first);
    assertThat(store().mappings(tenant(), 2)).isEqualTo(second);
  }

  @Test
  default void neverChangesAStoredVersionOfTheMappings() {
    assertThat(store().store(tenant(), mappings(2))).isTrue();
    Mappings other = new Mappings(2, "contact", "customer", true, Mappings.defaults().fields());

    assertThat(store().store(tenant(), other)).isFalse();

    assertThat(store().mappings(tenant(), 2)).isEqualTo(mappings(2));
  }

  private static Mappings mappings(int version) {
    List<FieldMapping> fields = new ArrayList<>(Mappings.defaults().fields());
    fields.add(
        new FieldMapping(
            new FieldName("tier"),
            FieldKind.CHOICE,
            List.of("tier"),
            "metadata.Tier `ü`",
            Direction.TO_STRIPE,
            ConflictPolicy.MANUAL,
            Clearing.IGNORE,
            Set.of("", "Gold / \"1.5\"", "ß")));
    return new Mappings(version, "company", "account", false, fields);
  }
}
