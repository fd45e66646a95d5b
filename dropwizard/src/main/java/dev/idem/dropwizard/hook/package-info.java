/** What an application adds around protected requests: {@link dev.idem.dropwizard.hook.RequestHooks}. */
@NullMarked
package dev.idem.dropwizard.hook;

import org.jspecify.annotations.NullMarked;
