package dev.twofold.sync.access;

import dev.twofold.sync.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** Lets a caller in, or says why not. */
interface Doorkeeper {

  /** Why the caller is not let in; empty when it is. */
  Optional<Problem> refusal(HttpServletRequest request);
}
