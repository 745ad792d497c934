package dev.twofold.sync.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twofold.sync.mapping.Mappings;
import dev.twofold.sync.record.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class TenantDirectoryTest {

  private static final TenantId MAIN = new TenantId("main");
  private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");

  private final InMemoryTenantStore stored = new InMemoryTenantStore();
  private Instant now = START;
  private Runnable onTheWayBack = () -> {};
  private int loads;
  private final TenantDirectory directory =
      new TenantDirectory(
          new SlowStore(), StaticConnections.of("main"), () -> now, Duration.ofSeconds(1));

  private int version() {
    return directory.find(MAIN).orElseThrow().mappingVersion();
  }

  private void mapped(int version) {
    stored.update(MAIN, tenant -> tenant.mappedBy(version));
  }

  @Test
  void readsATenantOnceInItsTime() {
    mapped(2);
    assertThat(version()).isEqualTo(2);

    mapped(3);
    now = now.plusMillis(999);
    assertThat(version()).isEqualTo(2);
    now = now.plusMillis(1);
    assertThat(version()).isEqualTo(3);
    assertThat(loads).isEqualTo(2);
  }

  @Test
  void followsItsOwnChangesAtOnce() {
    mapped(2);
    assertThat(version()).isEqualTo(2);

    directory.update(MAIN, tenant -> tenant.mappedBy(3));

    assertThat(version()).isEqualTo(3);
  }

  /** Found by seed 8830: a process was frozen with the answer, and took it for a fresh one. */
  @Test
  void takesAnAnswerToBeAsOldAsItsQuestion() {
    mapped(2);
    onTheWayBack =
        () -> {
          mapped(3);
          now = now.plusSeconds(120);
        };

    directory.update(MAIN, UnaryOperator.identity());
    onTheWayBack = () -> {};

    assertThat(version()).isEqualTo(3);
  }

  @Test
  void keepsWhatALaterQuestionHasTold() {
    mapped(2);
    onTheWayBack =
        () -> {
          onTheWayBack = () -> {};
          mapped(3);
          now = now.plusMillis(500);
          assertThat(version()).isEqualTo(3);
        };

    directory.load(MAIN);

    assertThat(version()).isEqualTo(3);
  }

  @Test
  void knowsATenantThatOnlyTheSettingsName() {
    assertThat(directory.find(MAIN).orElseThrow().state()).isEqualTo(TenantState.UNCONNECTED);
    assertThat(directory.load(MAIN)).isEmpty();
    assertThat(directory.find(new TenantId("other"))).isEmpty();
  }

  /** Answers with what was stored when it was asked, however long that is on its way. */
  private final class SlowStore implements TenantStore {

    private <T> T back(T answer) {
      onTheWayBack.run();
      return answer;
    }

    @Override
    public List<TenantId> all() {
      return back(stored.all());
    }

    @Override
    public Optional<Tenant> load(TenantId tenant) {
      loads++;
      return back(stored.load(tenant));
    }

    @Override
    public Tenant update(TenantId tenant, UnaryOperator<Tenant> change) {
      return back(stored.update(tenant, change));
    }

    @Override
    public Mappings mappings(TenantId tenant, int version) {
      return stored.mappings(tenant, version);
    }

    @Override
    public boolean store(TenantId tenant, Mappings mappings) {
      return back(stored.store(tenant, mappings));
    }
  }
}
