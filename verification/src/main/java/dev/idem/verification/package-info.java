/** How a build's tests went. It reads what Surefire and Failsafe wrote, and imports nothing of the project. */
@NullMarked
package dev.idem.verification;

import org.jspecify.annotations.NullMarked;
