package rondo.store.transport;

import org.jspecify.annotations.Nullable;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;

/** A register without keys: the authority's signature makes a member. */
record VouchedPeers() implements PeerRegister {
  @Override
  public Standing of(PeerIdentity peer) {
    return peer.vouched()
        ? new Standing(Trust.MEMBER, "", 1)
        : Standing.stranger("not vouched for");
  }

  @Override
  public Standing there(PeerIdentity peer) {
    return of(peer);
  }

  @Override
  public boolean allowsBulk(PeerIdentity from) {
    return from.vouched();
  }

  @Override
  public @Nullable Reply refusal(PeerIdentity from, Request request) {
    return null;
  }

  @Override
  public void dismissed(String why, long epoch, boolean lost) {}
}
