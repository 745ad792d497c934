package dev.twofold.sync.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twofold.sync.link.EmailClaim;
import dev.twofold.sync.link.EmailHash;
import dev.twofold.sync.link.InMemoryLinkStore;
import dev.twofold.sync.link.Link;
import dev.twofold.sync.link.LinkId;
import dev.twofold.sync.link.RecordClaim;
import dev.twofold.sync.problem.ProblemSlice;
import dev.twofold.sync.record.RecordId;
import dev.twofold.sync.record.Side;
import dev.twofold.sync.tenant.InMemoryTenantStore;
import dev.twofold.sync.tenant.StaticConnections;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

class LinkControllerIT {

  private static final String BROWSER = "text/html,application/xhtml+xml,*/*;q=0.8";

  private final InMemoryLinkStore store = new InMemoryLinkStore();
  private final Links links = new Links(store);
  private final MockMvcTester web =
      ProblemSlice.of(
          new LinkController(store, new InMemoryTenantStore(), StaticConnections.of("main")));

  @Test
  void showsWhoIsWhomByEitherRecord() {
    links.store(Links.pair());

    for (String path : new String[] {"/links/hubspot/101", "/links/stripe/cus_1"}) {
      MvcTestResult answer = web.get().uri(path).exchange();

      assertThat(answer)
          .hasStatusOk()
          .hasContentType("application/json")
          .hasHeader("Cache-Control", "no-store")
          .bodyJson()
          .isLenientlyEqualTo(
              """
              {"tenant": "main", "link": "00000000000000000001", "sides": [
                {"side": "hubspot", "record": "101", "knowledge": "complete", "mark": "cus_1"},
                {"side": "stripe", "record": "cus_1", "knowledge": "complete"}]}
              """);
    }
  }

  @Test
  void showsPerFieldWhatIsKnownAgreedAndDecided() {
    links.store(Links.pair());

    MvcTestResult answer = web.get().uri("/links/hubspot/101").exchange();

    assertThat(answer)
        .bodyJson()
        .extractingPath("$.fields[0]")
        .asMap()
        .containsEntry("field", "email")
        .containsEntry("kind", "email")
        .containsEntry("policy", "latest")
        .hasEntrySatisfying(
            "agreed", value -> assertThat(value).asString().contains("ada@old.example.com"))
        .hasEntrySatisfying(
            "hubspot", value -> assertThat(value).asString().contains("ada@example.com"));
    assertThat(answer)
        .bodyJson()
        .extractingPath("$.fields[0].decision")
        .asMap()
        .containsEntry("rule", "one-side-changed")
        .containsEntry("words", "one side changed")
        .containsEntry("winner", "ada@example.com")
        .containsEntry("origin", "hubspot")
        .hasEntrySatisfying("behind", value -> assertThat(value).asString().contains("stripe"));
  }

  @Test
  void showsBothValuesAndTimesOfAConflict() {
    links.store(Links.conflict());

    MvcTestResult answer = web.get().uri("/links/hubspot/101").exchange();

    assertThat(answer)
        .bodyJson()
        .extractingPath("$.fields[2].decision")
        .asMap()
        .containsEntry("words", "conflict: the later change wins")
        .containsEntry("origin", "stripe")
        .hasEntrySatisfying(
            "conflict",
            value ->
                assertThat(value)
                    .asString()
                    .contains("+49 1", "2026-11-21T08:00:00Z", "+49 2", "2026-11-21T08:00:05Z"));
  }

  @Test
  void showsWhatWaits() {
    links.storeBusy();

    MvcTestResult answer = web.get().uri("/links/hubspot/101").exchange();

    assertThat(answer)
        .bodyJson()
        .isLenientlyEqualTo(
            """
            {"frozen": "phone: HubSpot and an integration", "backlog": "differs",
             "swings": [{"field": "phone", "at": "2026-11-21T08:00:00Z"}],
             "sides": [
              {"side": "hubspot", "waiting":
                {"number": 7, "kind": "update", "lane": "express", "attempts": 2,
                 "lastError": "HubSpot answered 503"},
               "parked": {"reason": "PROPERTY_DOESNT_EXIST", "field": "phone"}},
              {"side": "stripe", "open":
                {"kind": "update", "key": "twofold-1-4", "values": {"name": "Ada Lovelace"}},
               "stopped": "deleted in Stripe"}],
             "purchases": [
              {"id": "pi_1", "amount": 1250, "currency": "eur", "state": "waiting"},
              {"id": "pi_2", "state": "not found"}],
             "purchasesNotShown": 0}
            """);
  }

  @Test
  void showsTheHistoryNewestFirst() {
    links.storeBusy();

    assertThat(web.get().uri("/links/hubspot/101").exchange())
        .bodyJson()
        .extractingPath("$.history[*].what")
        .asArray()
        .containsExactly("write", "notice");
  }

  @Test
  void followsRecordsAndLinksThatWereMergedAndJoined() {
    links.store(Links.pair());
    LinkId younger = new LinkId("00000000000000000002");
    links.put(Link.create(younger, Links.NOW, 1).joinedInto(Links.ID));
    links.put(
        RecordClaim.of(RecordId.contact("102"), younger)
            .mergedInto(RecordId.contact("103"), Links.NOW));
    links.put(RecordClaim.of(RecordId.contact("103"), younger));

    assertThat(web.get().uri("/links/hubspot/102").exchange())
        .hasStatusOk()
        .bodyJson()
        .extractingPath("$.link")
        .isEqualTo(Links.ID.value());
  }

  @Test
  void findsWhoHoldsAnAddressAndWhoWaitsForIt() {
    links.store(Links.pair());
    LinkId waiting = new LinkId("00000000000000000002");
    String hash = EmailHash.of(Links.TENANT, "ada+shop@example.com");
    links.put(new EmailClaim(hash, Links.ID, List.of(waiting)));
    Link newcomer = Link.create(waiting, Links.NOW, 1);
    links.put(
        newcomer
            .with(Side.HUBSPOT, newcomer.hubspot().holding(RecordId.contact("202"), null))
            .addressed(new TreeSet<>(), hash)
            .unlinked("unlinked: same e-mail"));

    MvcTestResult answer =
        web.get().uri("/links?email={address}", "ADA+shop@example.com ").exchange();

    assertThat(answer)
        .hasStatusOk()
        .bodyJson()
        .isLenientlyEqualTo(
            """
            {"holder": {"link": "00000000000000000001"},
             "waiting": [
              {"link": "00000000000000000002", "unlinked": "unlinked: same e-mail",
               "sides": [
                {"side": "hubspot", "record": "202"},
                {"side": "stripe", "withheld": "another link holds its e-mail address"}],
               "emailHeldBy":
                {"link": "00000000000000000001", "hubspot": "101", "stripe": "cus_1"}}]}
            """);
  }

  @Test
  void takesAPlusSignOfAnAddressForWhatItIs() {
    links.store(Links.pair());
    links.put(EmailClaim.free(EmailHash.of(Links.TENANT, "ada+shop@example.com")).heldBy(Links.ID));

    assertThat(web.get().uri("/links").param("email", "ada shop@example.com").exchange())
        .hasStatusOk();
  }

  @Test
  void showsAPageToBrowsersWithEveryValueEscaped() {
    links.store(Links.named("<script>alert('x')</script>", "O'Hara & \"Söhne\""));

    MvcTestResult answer = web.get().uri("/links/hubspot/101").header("Accept", BROWSER).exchange();

    assertThat(answer)
        .hasStatusOk()
        .hasContentType("text/html;charset=UTF-8")
        .hasHeader("Cache-Control", "no-store")
        .bodyText()
        .contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;")
        .contains("O&#39;Hara &amp; &quot;Söhne&quot;")
        .doesNotContain("<script");
    assertThat(answer.getResponse().getHeader("Content-Security-Policy"))
        .startsWith("default-src 'none'");
  }

  @Test
  void writesEverythingOnThePage() {
    links.storeBusy();

    assertThat(web.get().uri("/links/hubspot/101").header("Accept", BROWSER).exchange())
        .bodyText()
        .contains("phone: HubSpot and an integration")
        .contains("update number 7, express")
        .contains("HubSpot answered 503")
        .contains("<code>twofold-1-4</code>")
        .contains("name = Ada Lovelace")
        .contains("PROPERTY_DOESNT_EXIST")
        .contains("deleted in Stripe")
        .contains("<td>pi_1</td><td>1250 eur</td>")
        .contains("property: phone<br>")
        .contains("both sides hold the agreed value", "wins: Ada Lovelace")
        .doesNotContain("{{");
  }

  @Test
  void letsABrowserSearch() {
    assertThat(web.get().uri("/links").header("Accept", BROWSER).exchange())
        .hasStatusOk()
        .bodyText()
        .contains("name=\"email\"");
  }

  @Test
  void saysWhatIsWrong() {
    links.put(new RecordClaim(RecordId.contact("404"), null, true, Links.NOW, null, false));

    assertProblem("/links/hubspot/1", HttpStatus.NOT_FOUND, "unknown-record");
    assertProblem("/links/hubspot/404", HttpStatus.NOT_FOUND, "record-deleted");
    assertProblem("/links/salesforce/1", HttpStatus.BAD_REQUEST, "no-record-id");
    assertProblem("/links/hubspot/a-b", HttpStatus.BAD_REQUEST, "no-record-id");
    assertProblem("/links", HttpStatus.BAD_REQUEST, "no-email");
    assertProblem("/links?email=", HttpStatus.BAD_REQUEST, "no-email");
    assertProblem("/links?email=nobody@example.com", HttpStatus.NOT_FOUND, "unknown-email");
    assertProblem("/links/hubspot/1?tenant=other", HttpStatus.BAD_REQUEST, "unknown-tenant");
  }

  @Test
  void saysWhatIsWrongOnAPageToo() {
    MvcTestResult answer = web.get().uri("/links/hubspot/1").header("Accept", BROWSER).exchange();

    assertThat(answer)
        .hasStatus(HttpStatus.NOT_FOUND)
        .hasContentType("text/html;charset=UTF-8")
        .bodyText()
        .contains("Nothing is known of hubspot-contact-1.");
  }

  private void assertProblem(String uri, HttpStatus status, String name) {
    assertThat(web.get().uri(uri).exchange())
        .hasStatus(status)
        .hasContentType("application/problem+json")
        .bodyJson()
        .extractingPath("$.type")
        .isEqualTo("urn:twofold:problem:" + name);
  }
}
