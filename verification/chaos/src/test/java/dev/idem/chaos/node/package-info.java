@NullMarked
package dev.idem.chaos.node;

import org.jspecify.annotations.NullMarked;
