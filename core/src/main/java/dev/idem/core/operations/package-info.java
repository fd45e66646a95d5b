/**
 * The operator's actions, implemented once for the command line, the admin API and the tasks, which only parse, call
 * and print. Each operation is a class with a typed result; results are views, which {@link OperationsJson} writes in
 * the same way for all.
 *
 * <p>To show operators another fact of a record, add it to {@link dev.idem.core.record.view.RecordView}.
 */
@NullMarked
package dev.idem.core.operations;

import org.jspecify.annotations.NullMarked;
