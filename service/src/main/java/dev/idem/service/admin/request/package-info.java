/**
 * What all requests to the operators' API have in common: strictly parsed parameters and bodies, and a reason for every change.
 * Nothing here depends on a resource.
 */
@NullMarked
package dev.idem.service.admin.request;

import org.jspecify.annotations.NullMarked;
