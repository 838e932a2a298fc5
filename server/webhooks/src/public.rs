//! Which addresses are public: what the registries of special addresses (RFC
//! 6890 and those after it) do not keep for something else.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Ranges of IPv4 that no call may reach, as address and length of the prefix.
const CLOSED_V4: &[(Ipv4Addr, u32)] = &[
    (Ipv4Addr::new(0, 0, 0, 0), 8),        // this network
    (Ipv4Addr::new(10, 0, 0, 0), 8),       // private
    (Ipv4Addr::new(100, 64, 0, 0), 10),    // carriers' NAT, metadata of some clouds
    (Ipv4Addr::new(127, 0, 0, 0), 8),      // loopback
    (Ipv4Addr::new(168, 63, 129, 16), 32), // a cloud's own services
    (Ipv4Addr::new(169, 254, 0, 0), 16),   // link-local, metadata of most clouds
    (Ipv4Addr::new(172, 16, 0, 0), 12),    // private
    (Ipv4Addr::new(192, 0, 0, 0), 24),     // protocols
    (Ipv4Addr::new(192, 0, 2, 0), 24),     // documentation
    (Ipv4Addr::new(192, 31, 196, 0), 24),  // AS112
    (Ipv4Addr::new(192, 52, 193, 0), 24),  // AMT
    (Ipv4Addr::new(192, 88, 99, 0), 24),   // 6to4 relays
    (Ipv4Addr::new(192, 168, 0, 0), 16),   // private
    (Ipv4Addr::new(192, 175, 48, 0), 24),  // AS112
    (Ipv4Addr::new(198, 18, 0, 0), 15),    // benchmarks
    (Ipv4Addr::new(198, 51, 100, 0), 24),  // documentation
    (Ipv4Addr::new(203, 0, 113, 0), 24),   // documentation
    (Ipv4Addr::new(224, 0, 0, 0), 4),      // multicast
    (Ipv4Addr::new(240, 0, 0, 0), 4),      // reserved, broadcast
];

/// The only range of IPv6 that is given out. All that embeds an IPv4 address
/// by a fixed prefix (mapped, compatible, NAT64) is outside of it, and so are
/// loopback, link-local, unique local and multicast.
const GIVEN_OUT_V6: (Ipv6Addr, u32) = (Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 0), 3);

/// Ranges inside it that no call may reach.
const CLOSED_V6: &[(Ipv6Addr, u32)] = &[
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23), // protocols: Teredo, benchmarks, ORCHID
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32), // documentation
    (Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16), // 6to4, which embeds IPv4
    (Ipv6Addr::new(0x2620, 0x4f, 0x8000, 0, 0, 0, 0, 0), 48), // AS112
    (Ipv6Addr::new(0x3ffe, 0, 0, 0, 0, 0, 0, 0), 16), // 6bone, given back
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20), // documentation
];

/// Whether an address is one on the public internet.
#[must_use]
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => !CLOSED_V4
            .iter()
            .any(|&(network, length)| shares(bits_of(address), bits_of(network), 32, length)),
        IpAddr::V6(address) => {
            let within = |&(network, length): &(Ipv6Addr, u32)| {
                shares(address.into(), network.into(), 128, length)
            };
            within(&GIVEN_OUT_V6) && !CLOSED_V6.iter().any(within) && !is_isatap(address)
        }
    }
}

fn bits_of(address: Ipv4Addr) -> u128 {
    address.to_bits().into()
}

/// Whether two addresses of this many bits have the same prefix.
fn shares(one: u128, other: u128, bits: u32, length: u32) -> bool {
    (one ^ other) >> (bits - length) == 0
}

/// Whether an address holds an IPv4 address behind any prefix, as ISATAP has
/// it (RFC 5214): a tunnel would lead to that one.
fn is_isatap(address: Ipv6Addr) -> bool {
    let [_, _, _, _, a, b, _, _] = address.segments();
    a & !0x0200 == 0 && b == 0x5efe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_edges_of_every_range_are_where_the_registries_have_them() {
        for (address, public) in [
            ("0.255.255.255", false),
            ("1.0.0.0", true),
            ("9.255.255.255", true),
            ("10.0.0.0", false),
            ("10.255.255.255", false),
            ("11.0.0.0", true),
            ("100.63.255.255", true),
            ("100.64.0.0", false),
            ("100.127.255.255", false),
            ("100.128.0.0", true),
            ("126.255.255.255", true),
            ("127.255.255.255", false),
            ("128.0.0.0", true),
            ("168.63.129.15", true),
            ("168.63.129.16", false),
            ("169.253.255.255", true),
            ("169.254.169.254", false),
            ("169.255.0.0", true),
            ("172.15.255.255", true),
            ("172.16.0.0", false),
            ("172.31.255.255", false),
            ("172.32.0.0", true),
            ("192.0.0.192", false),
            ("192.0.1.0", true),
            ("192.0.2.255", false),
            ("192.0.3.0", true),
            ("192.88.99.1", false),
            ("192.167.255.255", true),
            ("192.168.0.0", false),
            ("192.169.0.0", true),
            ("198.17.255.255", true),
            ("198.18.0.0", false),
            ("198.19.255.255", false),
            ("198.20.0.0", true),
            ("198.51.100.0", false),
            ("203.0.113.255", false),
            ("203.0.114.0", true),
            ("223.255.255.255", true),
            ("224.0.0.0", false),
            ("239.255.255.255", false),
            ("240.0.0.0", false),
            ("255.255.255.255", false),
            ("::", false),
            ("::1", false),
            ("::7f00:1", false),
            ("::ffff:8.8.8.8", false),
            ("64:ff9b::8.8.8.8", false),
            ("64:ff9b:1::1", false),
            ("100::1", false),
            ("1fff:ffff::", false),
            ("2000::1", true),
            ("2001::1", false),
            ("2001:1ff:ffff::", false),
            ("2001:200::", true),
            ("2001:db7:ffff::", true),
            ("2001:db8::1", false),
            ("2001:db9::", true),
            ("2002:7f00:1::", false),
            ("2003::1", true),
            ("2606:4700:4700::1111", true),
            ("2a00:1450:4001:1:1:5efe:7f00:1", true),
            ("2a00:1450:4001:1:0:5efe:7f00:1", false),
            ("2a00:1450:4001:1:200:5efe:7f00:1", false),
            ("3ffe::1", false),
            ("3fff:fff::1", false),
            ("3fff:1000::", true),
            ("4000::1", false),
            ("5f00::1", false),
            ("fc00::1", false),
            ("fd00:ec2::254", false),
            ("fe80::1", false),
            ("fec0::1", false),
            ("ff02::1", false),
        ] {
            let parsed: IpAddr = address.parse().expect(address);
            assert_eq!(is_public(parsed), public, "{address}");
        }
    }
}
