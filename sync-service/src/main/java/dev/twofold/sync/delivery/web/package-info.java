/**
 * Where Cloud Tasks posts tasks to. The status decides how a task goes on, so every failure is
 * turned into one here.
 */
@NullMarked
@ApplicationModule(
    allowedDependencies = {"delivery", "link", "record", "failure", "tenant", "problem", "role"})
package dev.twofold.sync.delivery.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
