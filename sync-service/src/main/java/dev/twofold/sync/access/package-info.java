/**
 * Who may call this service: Pub/Sub, Cloud Tasks and operators, and nobody else.
 *
 * <p>Where Cloud Run's IAM stands in front, it has checked the caller and removed the token's
 * signature, so nothing is checked again here. Elsewhere the caller's OIDC token is verified; on a
 * developer's machine only that machine is let in. Everything but the health page is private.
 *
 * @see <a href="https://cloud.google.com/run/docs/troubleshooting#signature-removed">Cloud Run on
 *     removed signatures</a>
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"problem"})
package dev.twofold.sync.access;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
