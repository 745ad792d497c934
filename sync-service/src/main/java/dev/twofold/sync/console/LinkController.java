package dev.twofold.sync.console;

import dev.twofold.sync.link.EmailClaim;
import dev.twofold.sync.link.Link;
import dev.twofold.sync.link.LinkId;
import dev.twofold.sync.link.LinkStore;
import dev.twofold.sync.link.RecordClaim;
import dev.twofold.sync.mapping.Mappings;
import dev.twofold.sync.problem.AnswersProblems;
import dev.twofold.sync.problem.Problem;
import dev.twofold.sync.record.RecordId;
import dev.twofold.sync.record.Side;
import dev.twofold.sync.role.InRole;
import dev.twofold.sync.role.Role;
import dev.twofold.sync.tenant.Connections;
import dev.twofold.sync.tenant.TenantStore;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows links, by a record of theirs or by e-mail: JSON, or a page where a browser asks. */
@RestController
@AnswersProblems
@InRole(Role.WRITES)
final class LinkController {

  private static final int WAITING_MAX = 20;
  private static final int EMAIL_MAX = 512;

  private final LinkShelf shelf;
  private final LinkPage page = new LinkPage();

  LinkController(LinkStore links, TenantStore tenants, Connections connections) {
    this.shelf = new LinkShelf(links, tenants, connections);
  }

  /** The link of a HubSpot contact or a Stripe customer. */
  @GetMapping("/links/{side}/{id}")
  ResponseEntity<?> ofRecord(
      @PathVariable("side") String side,
      @PathVariable("id") String id,
      @RequestParam(name = "tenant", required = false) @Nullable String tenant,
      @RequestHeader(name = HttpHeaders.ACCEPT, required = false) @Nullable String accept) {
    LinkShelf.Shelf found = shelf.of(tenant);
    LinkFinder finder = found.finder();
    RecordId record = record(side, id, found.mappings());
    RecordClaim claim = finder.claim(record).orElseThrow(() -> unknown(record));
    LinkId owner = claim.link();
    if (owner == null) {
      throw Problem.notFound(
              "record-deleted",
              "All that is known of %s is that it was deleted; it has no link.".formatted(record))
          .thrown();
    }
    Link link = finder.link(owner).orElseThrow(() -> unknown(record));
    LinkView view = found.views().view(link);
    return Answers.wantsPage(accept) ? Answers.page(page.of(List.of(view))) : Answers.json(view);
  }

  /**
   * The link that an address leads to, and those that hold the address too and wait for it. Without
   * an address a browser is shown where to enter one.
   */
  @GetMapping("/links")
  ResponseEntity<?> ofEmail(
      @RequestParam(name = "email", required = false) @Nullable String email,
      @RequestParam(name = "tenant", required = false) @Nullable String tenant,
      @RequestHeader(name = HttpHeaders.ACCEPT, required = false) @Nullable String accept) {
    if (email == null && Answers.wantsPage(accept)) {
      return Answers.page(page.saying(""));
    }
    LinkShelf.Shelf known = shelf.of(tenant);
    LinkFinder finder = known.finder();
    LinkViews views = known.views();
    EmailClaim claim =
        finder.email(address(email)).orElse(EmailClaim.free("of an address nobody holds"));
    List<LinkView> found = new ArrayList<>();
    Optional<LinkView> holder =
        Optional.ofNullable(claim.holder()).flatMap(finder::link).map(views::view);
    holder.ifPresent(found::add);
    claim.waiting().stream()
        .limit(WAITING_MAX)
        .flatMap(waiter -> finder.link(waiter).stream())
        .map(views::view)
        .forEach(found::add);
    if (found.isEmpty()) {
      throw Problem.notFound("unknown-email", "No link holds that e-mail address.").thrown();
    }
    return Answers.wantsPage(accept)
        ? Answers.page(page.of(found))
        : Answers.json(
            Map.of(
                "holder",
                holder,
                "waiting",
                List.copyOf(found.subList(holder.isPresent() ? 1 : 0, found.size()))));
  }

  @ExceptionHandler
  ResponseEntity<?> refuse(ErrorResponseException refusal, HttpServletRequest request) {
    ProblemDetail body = refusal.getBody();
    if (Answers.wantsPage(request.getHeader(HttpHeaders.ACCEPT))) {
      String detail = body.getDetail();
      return Answers.page(page.saying(detail == null ? "" : detail), refusal.getStatusCode());
    }
    return ResponseEntity.status(refusal.getStatusCode())
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(body);
  }

  private static RecordId record(String side, String id, Mappings mappings) {
    try {
      Side known = Side.ofLabel(side);
      return new RecordId(known, mappings.type(known), id);
    } catch (IllegalArgumentException notARecord) {
      throw Problem.badRequest(
              "no-record-id", "Ask for /links/hubspot/{contact id} or /links/stripe/{customer id}.")
          .thrown();
    }
  }

  private static String address(@Nullable String email) {
    if (email == null || email.isBlank() || email.length() > EMAIL_MAX) {
      throw Problem.badRequest("no-email", "Ask for /links?email={address}.").thrown();
    }
    // A plus sign in a query means a space, and an address has no spaces: it was a plus sign.
    return email.strip().replace(' ', '+');
  }

  private static ErrorResponseException unknown(RecordId record) {
    return Problem.notFound("unknown-record", "Nothing is known of " + record + ".").thrown();
  }
}
