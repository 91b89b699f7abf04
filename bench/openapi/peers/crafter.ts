import { crafterPeer } from './crafter-peer.ts';

/** As a user gets it: the document decides the shape. */
export default crafterPeer('crafter', []);
