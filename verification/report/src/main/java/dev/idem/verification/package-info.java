/**
 * How a build went: its tests, by what Surefire and Failsafe wrote, and what its programs hold, by their bills of materials.
 * It imports nothing of the project.
 */
@NullMarked
package dev.idem.verification;

import org.jspecify.annotations.NullMarked;
