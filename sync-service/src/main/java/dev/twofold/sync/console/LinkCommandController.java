package dev.twofold.sync.console;

import dev.twofold.sync.link.LinkCommands;
import dev.twofold.sync.link.LinkId;
import dev.twofold.sync.link.LinkStore;
import dev.twofold.sync.problem.AnswersProblems;
import dev.twofold.sync.problem.Problem;
import dev.twofold.sync.record.FieldName;
import dev.twofold.sync.record.Side;
import dev.twofold.sync.role.InRole;
import dev.twofold.sync.role.Role;
import dev.twofold.sync.tenant.Connections;
import dev.twofold.sync.tenant.TenantStore;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What an operator decides about a link; answers with the link as it stands then. */
@RestController
@AnswersProblems
@InRole(Role.WRITES)
final class LinkCommandController {

  private final LinkShelf shelf;
  private final LinkCommands commands;

  LinkCommandController(
      LinkStore links, TenantStore tenants, Connections connections, LinkCommands commands) {
    this.shelf = new LinkShelf(links, tenants, connections);
    this.commands = commands;
  }

  /** Lets a frozen link go on. */
  @PostMapping("/links/{link}/unfreeze")
  ResponseEntity<?> unfreeze(
      @PathVariable("link") String link,
      @RequestParam(name = "tenant", required = false) @Nullable String tenant) {
    LinkId id = link(link);
    LinkShelf.Shelf found = shelf.of(tenant);
    LinkCommands.Outcome outcome = commands.unfreeze(found.finder().tenant(), id);
    return answer(found, id, outcome, "not-frozen", "The link is not frozen.");
  }

  /**
   * Says which side's value is to stand, where a conflict waits for a person or a changed mapping
   * has uncovered a difference.
   */
  @PostMapping("/links/{link}/fields/{field}/resolve")
  ResponseEntity<?> resolve(
      @PathVariable("link") String link,
      @PathVariable("field") String field,
      @RequestParam(name = "winner", required = false) @Nullable String winner,
      @RequestParam(name = "tenant", required = false) @Nullable String tenant) {
    LinkId id = link(link);
    FieldName name = understood(() -> new FieldName(field), "no-field-name", "");
    Side side =
        understood(
            () -> Side.ofLabel(winner == null ? "" : winner),
            "no-winner",
            "Choose winner=hubspot or winner=stripe, whose value is to stand.");
    LinkShelf.Shelf found = shelf.of(tenant);
    LinkCommands.Outcome outcome = commands.resolve(found.finder().tenant(), id, name, side);
    return answer(
        found,
        id,
        outcome,
        "nothing-to-resolve",
        "Field %s of the link waits for nobody's decision.".formatted(name));
  }

  private static ResponseEntity<?> answer(
      LinkShelf.Shelf found,
      LinkId link,
      LinkCommands.Outcome outcome,
      String nothing,
      String nothingInWords) {
    return switch (outcome) {
      case DONE ->
          found
              .finder()
              .link(link)
              .map(each -> Answers.json(found.views().view(each)))
              .orElseThrow(() -> unknown(link));
      case NO_LINK -> throw unknown(link);
      case NO_FIELD ->
          throw Problem.notFound("unknown-field", "The mappings in force have no such field.")
              .thrown();
      case NOTHING_TO_DO -> throw Problem.conflict(nothing, nothingInWords, Map.of()).thrown();
      case AGAINST_DIRECTION ->
          throw Problem.conflict(
                  "against-direction",
                  "The field's direction does not let the other side be written.",
                  Map.of())
              .thrown();
    };
  }

  private static LinkId link(String text) {
    return understood(
        () -> new LinkId(text), "no-link-id", "Name the link as /links/hubspot/{contact id} does.");
  }

  private static <T> T understood(Supplier<T> reading, String name, String otherwise) {
    try {
      return reading.get();
    } catch (IllegalArgumentException bad) {
      String words = otherwise.isEmpty() ? String.valueOf(bad.getMessage()) : otherwise;
      throw Problem.badRequest(name, words).thrown();
    }
  }

  private static ErrorResponseException unknown(LinkId link) {
    return Problem.notFound("unknown-link", "There is no link " + link + ".").thrown();
  }
}
