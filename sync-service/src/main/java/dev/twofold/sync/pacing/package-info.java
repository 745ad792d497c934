/**
 * When a call to a provider may leave: never more than the account allows in any sliding second,
 * people before machines, and nothing of the allowance wasted while work waits.
 *
 * <p>Plain state machines over a time that is handed in, and one thin front that parks threads. It
 * knows neither tenants nor providers: one pacer stands for one account.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"record"})
package dev.twofold.sync.pacing;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
