/** How a process's memory for requests, answers and records is divided, and how much of each part is used. */
@NullMarked
package dev.idem.core.budget;

import org.jspecify.annotations.NullMarked;
