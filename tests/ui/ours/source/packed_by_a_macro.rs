use byte_stream::ByteStream;

macro_rules! declare {
    ($layout:meta) => {
        #[derive(ByteStream)]
        #[cfg_attr(all(), $layout)]
        struct Upload {
            body: &'static [u8],
        }
    };
}

declare!(repr(C, packed));

fn main() {}
