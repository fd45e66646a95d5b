/**
 * Login and authentication: a login returns an access token (a JWT, signed with HS256), which every other request
 * carries. Users are in {@link dev.idem.accounts}.
 */
@NullMarked
package dev.idem.service.auth;

import org.jspecify.annotations.NullMarked;
