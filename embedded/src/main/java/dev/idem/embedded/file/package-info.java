/** The files of a server: private ones, logs, directories, the cache of unpacked programs. */
@NullMarked
package dev.idem.embedded.file;

import org.jspecify.annotations.NullMarked;
