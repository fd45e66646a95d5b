@NullMarked
package dev.idem.chaos.run;

import org.jspecify.annotations.NullMarked;
