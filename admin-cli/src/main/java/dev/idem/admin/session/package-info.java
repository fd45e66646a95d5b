/** What all commands share: the options of the program, its input and output, questions, progress, exit codes. */
@NullMarked
package dev.idem.admin.session;

import org.jspecify.annotations.NullMarked;
