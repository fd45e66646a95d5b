package dev.idem.service.share;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.idem.dropwizard.Idempotent;
import dev.idem.service.auth.AuthenticatedUser;
import io.dropwizard.auth.Auth;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/shares}: each caller's own shares. Thread-safe. */
@Path("/api/v1/shares")
@Produces(MediaType.APPLICATION_JSON)
public final class SharesResource {
    private final Shares shares;

    public SharesResource(Shares shares) {
        this.shares = shares;
    }

    /** The body of a request for a new share. */
    record NewShare(@ShareUrl String url) {}

    /** One page of a list. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Page(
            List<Share> items,
            @JsonProperty("next_cursor") @Nullable String nextCursor) {}

    /** Takes effect once: the share and the stored answer are committed in one transaction. */
    @POST
    @Idempotent(atomic = true)
    @Consumes(MediaType.APPLICATION_JSON)
    public Response add(
            @Auth AuthenticatedUser caller,
            @NotNull @Valid NewShare wanted,
            @Context UriInfo uri,
            @Context Handle transaction) {
        Platform platform = ShareUrl.Rule.platformOf(wanted.url()).orElseThrow();
        Share share = shares.add(transaction, caller.id(), wanted.url(), platform);
        return Response.created(
                        uri.getAbsolutePathBuilder().path(share.id().toString()).build())
                .entity(share)
                .build();
    }

    @GET
    @Path("/{id}")
    public Share find(@Auth AuthenticatedUser caller, @PathParam("id") UUID id) {
        return shares.find(caller.id(), id).orElseThrow(NotFoundException::new);
    }

    @GET
    public Page list(
            @Auth AuthenticatedUser caller,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        PageRequest page = PageRequest.of(limit, cursor);
        int oneMore = page.limit() + 1;
        List<Share> found = page.cursor()
                .map(after -> shares.nextPage(caller.id(), after, oneMore))
                .orElseGet(() -> shares.firstPage(caller.id(), oneMore));
        if (found.size() < oneMore) {
            return new Page(found, null);
        }
        List<Share> shown = found.subList(0, page.limit());
        return new Page(shown, Cursor.after(shown.get(shown.size() - 1)).text());
    }
}
