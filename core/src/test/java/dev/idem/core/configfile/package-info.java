@NullMarked
package dev.idem.core.configfile;

import org.jspecify.annotations.NullMarked;
