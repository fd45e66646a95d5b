/**
 * What sources that disagree ask of a server. A case reads the profile for what it expects.
 */
@NullMarked
package dev.idem.conformance.profile;

import org.jspecify.annotations.NullMarked;
