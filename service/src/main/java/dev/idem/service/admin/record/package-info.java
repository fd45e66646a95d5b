/**
 * The records of both stores over HTTP: looked for, shown side by side, deleted, and freed of owners that died. What an
 * answer holds is the users' data and never shown.
 */
@NullMarked
package dev.idem.service.admin.record;

import org.jspecify.annotations.NullMarked;
