//! The regions of Genesys Cloud, and where each is reached.

/// A region of Genesys Cloud.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    /// Its name, as the cloud beneath has it.
    pub name: &'static str,
    /// The domain of its hosts.
    pub domain: &'static str,
}

const fn region(name: &'static str, domain: &'static str) -> Region {
    Region { name, domain }
}

impl Region {
    /// Every region, by part of the world.
    pub const ALL: [Self; 18] = [
        region("us-east-1", "mypurecloud.com"),
        region("us-east-2 (FedRAMP)", "use2.us-gov-pure.cloud"),
        region("us-west-2", "usw2.pure.cloud"),
        region("ca-central-1", "cac1.pure.cloud"),
        region("mx-central-1", "mxc1.pure.cloud"),
        region("sa-east-1", "sae1.pure.cloud"),
        region("eu-west-1", "mypurecloud.ie"),
        region("eu-west-2", "euw2.pure.cloud"),
        region("eu-central-1", "mypurecloud.de"),
        region("eu-central-2", "euc2.pure.cloud"),
        region("eusc-de-east-1", "edee1.eusc-pure.cloud"),
        region("me-central-1", "mec1.pure.cloud"),
        region("ap-south-1", "aps1.pure.cloud"),
        region("ap-northeast-1", "mypurecloud.jp"),
        region("ap-northeast-2", "apne2.pure.cloud"),
        region("ap-northeast-3", "apne3.pure.cloud"),
        region("ap-southeast-1", "apse1.pure.cloud"),
        region("ap-southeast-2", "mypurecloud.com.au"),
    ];

    /// The address of its API.
    pub fn api_url(&self) -> String {
        format!("https://api.{}", self.domain)
    }

    /// The address that gives tokens for it.
    pub fn oauth_url(&self) -> String {
        format!("https://login.{}", self.domain)
    }

    /// The region that these addresses are those of.
    pub fn at(api_url: &str, oauth_url: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|region| region.api_url() == api_url && region.oauth_url() == oauth_url)
    }
}
