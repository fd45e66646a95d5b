/** Chromium without a window, for tests of pages. */
@NullMarked
package dev.idem.verification.browser;

import org.jspecify.annotations.NullMarked;
