/**
 * Work that goes on beside requests, and must not end unnoticed: {@link dev.idem.core.background.Rounds}, {@link
 * dev.idem.core.background.Loop}, {@link dev.idem.core.background.BackgroundThread}. What no work can go on after is {@link
 * dev.idem.core.background.Maimed}.
 */
@NullMarked
package dev.idem.core.background;

import org.jspecify.annotations.NullMarked;
