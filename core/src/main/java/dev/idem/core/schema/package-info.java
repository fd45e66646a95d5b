/**
 * The tables, and how a database gets them: {@link Schema} brings a database up to date, back, or says how far it is. The
 * changes themselves are SQL files under the same name among the resources, listed in {@code migrations.xml}.
 */
@NullMarked
package dev.idem.core.schema;

import org.jspecify.annotations.NullMarked;
