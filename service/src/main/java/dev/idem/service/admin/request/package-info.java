/**
 * What all requests to the operator's API have in common: parameters that are read strictly, bodies too, and the reason that
 * every change is made for. Nothing here knows what is asked.
 */
@NullMarked
package dev.idem.service.admin.request;

import org.jspecify.annotations.NullMarked;
