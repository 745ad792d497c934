package dev.twofold.sync.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twofold.sync.link.InMemoryLinkStore;
import dev.twofold.sync.link.LinkCommands;
import dev.twofold.sync.link.LinkId;
import dev.twofold.sync.problem.ProblemSlice;
import dev.twofold.sync.record.FieldName;
import dev.twofold.sync.record.Side;
import dev.twofold.sync.record.TenantId;
import dev.twofold.sync.tenant.InMemoryTenantStore;
import dev.twofold.sync.tenant.StaticConnections;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

class LinkCommandControllerIT {

  private static final String LINK = "/links/" + Links.ID.value();

  private final InMemoryLinkStore store = new InMemoryLinkStore();
  private final RecordingCommands commands = new RecordingCommands();
  private final MockMvcTester web =
      ProblemSlice.of(
          new LinkCommandController(
              store, new InMemoryTenantStore(), StaticConnections.of("main"), commands));

  @Test
  void unfreezesALinkWithOneAction() {
    new Links(store).store(Links.pair());

    assertThat(web.post().uri(LINK + "/unfreeze").exchange())
        .hasStatusOk()
        .hasHeader("Cache-Control", "no-store")
        .bodyJson()
        .extractingPath("$.link")
        .isEqualTo(Links.ID.value());
    assertThat(commands.done).containsExactly("unfreeze main " + Links.ID);
  }

  @Test
  void resolvesAFieldTowardsASide() {
    new Links(store).store(Links.conflict());

    assertThat(web.post().uri(LINK + "/fields/phone/resolve?winner=stripe").exchange())
        .hasStatusOk();
    assertThat(commands.done).containsExactly("resolve main " + Links.ID + " phone STRIPE");
  }

  @ParameterizedTest(name = "{0} is answered with {2}")
  @CsvSource({
    "NO_LINK, 404, unknown-link",
    "NO_FIELD, 404, unknown-field",
    "NOTHING_TO_DO, 409, nothing-to-resolve",
    "AGAINST_DIRECTION, 409, against-direction",
  })
  void saysWhatCameOfIt(LinkCommands.Outcome outcome, int status, String problem) {
    commands.outcome = outcome;

    assertThat(web.post().uri(LINK + "/fields/phone/resolve?winner=stripe").exchange())
        .hasStatus(status)
        .bodyJson()
        .extractingPath("$.type")
        .isEqualTo("urn:twofold:problem:" + problem);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "/links/no-link/unfreeze, no-link-id",
    "/links/00000000000000000001/fields/phone/resolve, no-winner",
    "/links/00000000000000000001/fields/phone/resolve?winner=both, no-winner",
    "/links/00000000000000000001/fields/Phone/resolve?winner=stripe, no-field-name",
    "/links/00000000000000000001/unfreeze?tenant=other, unknown-tenant",
  })
  void refusesWhatItCannotUnderstand(String uri, String problem) {
    assertThat(web.post().uri(uri).exchange())
        .hasStatus(HttpStatus.BAD_REQUEST)
        .bodyJson()
        .extractingPath("$.type")
        .isEqualTo("urn:twofold:problem:" + problem);
    assertThat(commands.done).isEmpty();
  }

  @Test
  void isNotForLooking() {
    assertThat(web.get().uri(LINK + "/fields/phone/resolve?winner=stripe").exchange())
        .hasStatus(HttpStatus.METHOD_NOT_ALLOWED);
  }

  /** Writes down what it is asked for. */
  private static final class RecordingCommands implements LinkCommands {
    private final List<String> done = new ArrayList<>();
    private Outcome outcome = Outcome.DONE;

    @Override
    public Outcome unfreeze(TenantId tenant, LinkId link) {
      done.add("unfreeze " + tenant + " " + link);
      return outcome;
    }

    @Override
    public Outcome resolve(TenantId tenant, LinkId link, FieldName field, Side winner) {
      done.add("resolve " + tenant + " " + link + " " + field + " " + winner);
      return outcome;
    }
  }
}
