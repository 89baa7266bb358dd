use super::*;
use jiff::civil::date;

/// The context of a paper of this issuer.
fn paper(issuer: &str, date: Option<Date>) -> Context {
    let office = Office::default();
    let issuer = office.resolve(Named::plain(issuer), &Context::default());
    Context { province: issuer.province.clone(), unit: issuer.unit.clone(), issuer: Some(issuer), date }
}

fn resolve(name: &str, context: &Context) -> Body {
    Office::default().resolve(Named::plain(name), context)
}

#[test]
fn parties_resolve_to_bodies_with_their_place() {
    let long_an = paper("Ủy ban nhân dân tỉnh Long An", Some(date(2020, 6, 18)));
    let can_tho = paper("Sở Y tế thành phố Cần Thơ", Some(date(2026, 1, 5)));
    let ea_kar = paper("Ủy ban nhân dân xã Ea Kar, tỉnh Đắk Lắk", Some(date(2026, 1, 5)));
    let ministry = paper("Bộ Tài nguyên và Môi trường", Some(date(2024, 1, 5)));
    let rows = [
        (&long_an, "Sở GD&ĐT", "Sở Giáo dục và Đào tạo tỉnh Long An", Some("so_gddt@long-an"), "an abbreviation, placed by the issuer"),
        (&long_an, "Sở Giáo dục và Ðào tạo", "Sở Giáo dục và Đào tạo tỉnh Long An", Some("so_gddt@long-an"), "a look-alike letter"),
        (&long_an, "Sở Giao dục và Đào tạo", "Sở Giáo dục và Đào tạo tỉnh Long An", Some("so_gddt@long-an"), "a mark lost by OCR"),
        (&long_an, "Giám đốc Sở Tài chính", "Sở Tài chính tỉnh Long An", Some("so_tc@long-an"), "the head stands for the body"),
        (&long_an, "Công an tỉnh", "Công an tỉnh Long An", Some("ca_tinh@long-an"), "the class word is there, the name not"),
        (&long_an, "Bộ Tài chính", "Bộ Tài chính", Some("btc"), "a ministry has no place"),
        (&long_an, "Sở Y tế tỉnh Tiền Giang", "Sở Y tế tỉnh Tiền Giang", Some("so_yt@tien-giang"), "a printed place counts"),
        (&long_an, "UBND huyện Đức Hòa", "Ủy ban nhân dân huyện Đức Hòa, tỉnh Long An", Some("huyen_ubnd@duc-hoa.long-an"), "a district"),
        (&long_an, "Hội Nông dân tỉnh", "Hội Nông dân tỉnh Long An", Some("nong_dan@long-an"), "a body of every level, placed by its class word"),
        (
            &can_tho,
            "Phòng Kế hoạch - Tài chính",
            "Phòng Kế hoạch - Tài chính, Sở Y tế thành phố Cần Thơ",
            Some("so_yt@can-tho/phong-ke-hoach-tai-chinh"),
            "a unit of the issuer",
        ),
        (&can_tho, "UBND thành phố", "Ủy ban nhân dân thành phố Cần Thơ", Some("tinh_ubnd@can-tho"), "the city of the issuer"),
        (&ea_kar, "Phòng Kinh tế", "Phòng Kinh tế xã Ea Kar, tỉnh Đắk Lắk", Some("xa_phong:phong-kinh-te@ea-kar.dak-lak"), "a unit of the commune"),
        (&ea_kar, "Sở Tài chính", "Sở Tài chính tỉnh Đắk Lắk", Some("so_tc@dak-lak"), "what stands above the commune"),
        (&ministry, "Vụ Pháp chế", "Vụ Pháp chế, Bộ Tài nguyên và Môi trường", Some("btnmt/vu-phap-che"), "a unit of the ministry"),
        (
            &ministry,
            "Sở Tài nguyên và Môi trường Hà Nội",
            "Sở Tài nguyên và Môi trường thành phố Hà Nội",
            Some("so_tnmt@ha-noi"),
            "a province without its class word",
        ),
        (&ministry, "Văn phòng Bộ", "Văn phòng Bộ, Bộ Tài nguyên và Môi trường", Some("btnmt/van-phong-bo"), "an office of the ministry"),
        (&ministry, "Bộ trưởng", "Bộ Tài nguyên và Môi trường", Some("btnmt"), "the minister stands for the ministry"),
        (&can_tho, "Giám đốc Sở", "Sở Y tế thành phố Cần Thơ", Some("so_yt@can-tho"), "the issuer's own head"),
        (&ministry, "Tập đoàn Dầu khí Việt Nam", "Tập đoàn Dầu khí Việt Nam", Some("tap-doan-dau-khi"), "a body of the whole country"),
        (&ministry, "Trung ương Hội Nông dân Việt Nam", "Trung ương Hội Nông dân Việt Nam", Some("nong_dan"), "the centre of a body of every level"),
        (
            &long_an,
            "Cục Quản lý thị trường tỉnh",
            "Cục Quản lý thị trường tỉnh Long An",
            Some("cuc-quan-ly-thi-truong@long-an"),
            "a class word wants a name, also where the lexicon has none",
        ),
        (&ea_kar, "Trạm Thủy lợi Ea Kar", "Trạm Thủy lợi Ea Kar, tỉnh Đắk Lắk", Some("tram-thuy-loi-ea-kar@ea-kar.dak-lak"), "its place is in its name"),
        (&ministry, "Ban Quản lý các khu chế xuất", "Ban Quản lý các khu chế xuất", Some("ban-quan-ly-cac-khu-che-xuat"), "one body, many zones"),
        (&ministry, "Phó Thủ tướng Lê Văn A những vấn đề phát sinh", "Phó Thủ tướng Lê Văn A", Some("pho-thu-tuong-le-van-a"), "what is reported is no name"),
        (&long_an, "UBND tỉnh kết quả thực hiện", "Ủy ban nhân dân tỉnh Long An", Some("tinh_ubnd@long-an"), "what no name goes on with"),
        (&long_an, "Vụ Pháp chế - Bộ Xây dựng", "Vụ Pháp chế, Bộ Xây dựng", Some("bxd/vu-phap-che"), "a unit with its ministry"),
        (&ministry, "Ngân hàng Nhà nước", "Ngân hàng Nhà nước Việt Nam", Some("nhnn"), "a short name"),
    ];
    for (context, name, want, key, why) in rows {
        let body = resolve(name, context);
        assert_eq!((body.name.as_str(), body.agency.as_deref()), (want, key), "{name}: {why}");
    }
}

#[test]
fn a_mended_name_says_so() {
    let long_an = paper("Ủy ban nhân dân tỉnh Long An", None);
    assert!(resolve("Sở Giao dục và Đào tạo", &long_an).mended);
    assert!(!resolve("Sở GD&ĐT", &long_an).mended);
}

#[test]
fn groups_hold_what_they_mean() {
    let long_an = paper("Ủy ban nhân dân tỉnh Long An", Some(date(2020, 6, 18)));
    let dong_thap = paper("Ủy ban nhân dân tỉnh Đồng Tháp", Some(date(2026, 1, 5)));
    let government = paper("Chính phủ", Some(date(2026, 1, 5)));
    let can_tho = paper("Sở Y tế thành phố Cần Thơ", Some(date(2026, 1, 5)));
    let rows = [
        (&long_an, "các sở, ngành tỉnh", "Sở Y tế tỉnh Long An", Some(Member::Yes), "a department of the province"),
        (&long_an, "các sở, ngành tỉnh", "Sở Y tế tỉnh Tiền Giang", None, "of another province"),
        (&long_an, "các sở, ngành tỉnh", "Hội Nông dân tỉnh Long An", None, "no department"),
        (&long_an, "các sở, ngành, đoàn thể tỉnh", "Hội Nông dân tỉnh Long An", Some(Member::Yes), "đoàn thể are named"),
        (&long_an, "các sở, ngành liên quan", "Sở Y tế tỉnh Long An", Some(Member::Maybe), "only those concerned"),
        (&long_an, "UBND cấp huyện", "UBND huyện Đức Hòa, tỉnh Long An", Some(Member::Yes), "every district"),
        (&long_an, "UBND các huyện, thị xã, thành phố", "UBND huyện Đức Hòa, tỉnh Long An", Some(Member::Yes), "every district, by class"),
        (&long_an, "UBND các xã, phường, thị trấn", "UBND huyện Đức Hòa, tỉnh Long An", None, "communes only"),
        (&dong_thap, "UBND các xã Mỹ Hiệp, Thanh Hưng, An Hữu và phường Mỹ Trà", "UBND phường Mỹ Trà, tỉnh Đồng Tháp", Some(Member::Yes), "a listed ward"),
        (&dong_thap, "UBND các xã Mỹ Hiệp, Thanh Hưng, An Hữu và phường Mỹ Trà", "UBND xã Tân Hồng, tỉnh Đồng Tháp", None, "not listed"),
        (&government, "các bộ, cơ quan ngang bộ, cơ quan thuộc Chính phủ", "Bộ Y tế", Some(Member::Yes), "a ministry"),
        (&government, "các bộ, cơ quan ngang bộ", "Thanh tra Chính phủ", Some(Member::Yes), "of ministerial rank"),
        (&government, "các Bộ: Nông nghiệp và Môi trường, Y tế, Văn hóa, Thể thao và Du lịch", "Bộ Y tế", Some(Member::Yes), "named one by one"),
        (
            &government,
            "các Bộ: Nông nghiệp và Môi trường, Y tế, Văn hóa, Thể thao và Du lịch",
            "Bộ Văn hóa, Thể thao và Du lịch",
            Some(Member::Yes),
            "a name with a comma",
        ),
        (&government, "các Bộ: Nông nghiệp và Môi trường, Y tế, Văn hóa, Thể thao và Du lịch", "Bộ Công an", None, "not listed"),
        (&government, "các Bộ Y tế, Công an và Khoa học và Công nghệ", "Bộ Công an", Some(Member::Yes), "the last two joined by và"),
        (&government, "các Bộ Y tế, Công an và Khoa học và Công nghệ", "Bộ Quốc phòng", None, "not one of them"),
        (&dong_thap, "Các Sở: XD, TC, NN&MT", "Sở Xây dựng tỉnh Đồng Tháp", Some(Member::Yes), "an abbreviation in a list"),
        (&dong_thap, "Các Sở: XD, TC, NN&MT", "Sở Y tế tỉnh Đồng Tháp", None, "not in the list"),
        (&government, "các Sở Xây dựng", "Sở Xây dựng tỉnh Đồng Tháp", Some(Member::Yes), "one kind, no place"),
        (&government, "các Sở Xây dựng", "Sở Y tế tỉnh Đồng Tháp", None, "another kind"),
        (&government, "các bộ, ngành", "Bộ Công an", Some(Member::Yes), "no list"),
        (&government, "UBND các tỉnh, thành phố trực thuộc trung ương", "UBND tỉnh Long An", Some(Member::Yes), "every province"),
        (&government, "UBND các tỉnh: Cà Mau, Vĩnh Long và An Giang", "UBND tỉnh Vĩnh Long", Some(Member::Yes), "a listed province"),
        (&government, "UBND các tỉnh: Cà Mau, Vĩnh Long và An Giang", "UBND tỉnh Đồng Tháp", None, "not listed"),
        (&government, "Các bộ, ngành, địa phương", "UBND tỉnh Đồng Tháp", Some(Member::Yes), "the centre's địa phương are provinces"),
        (&government, "Sở Y tế các tỉnh, thành phố", "Sở Y tế tỉnh Đồng Tháp", Some(Member::Yes), "one kind of body everywhere"),
        (&can_tho, "Trạm y tế các xã, phường", "Trạm y tế xã Phong Điền, thành phố Cần Thơ", Some(Member::Yes), "a kind outside the lexicon in many places"),
        (&can_tho, "các cơ sở cách ly", "Sở Y tế thành phố Cần Thơ", None, "cơ sở is no sở"),
        (&long_an, "công an xã", "Công an xã Tân Lập, tỉnh Long An", Some(Member::Yes), "each of a kind, though no word says several"),
        (&government, "các tỉnh uỷ, thành uỷ trực thuộc Trung ương", "Tỉnh ủy Long An", Some(Member::Yes), "party committees of provinces"),
        (&dong_thap, "các địa phương", "UBND xã Tân Hồng, tỉnh Đồng Tháp", Some(Member::Yes), "a province's địa phương are communes now"),
    ];
    for (context, group, body, want, why) in rows {
        let party = resolve(group, context);
        let body = resolve(body, &Context::default());
        assert_eq!(party.means(&body, None), want, "{group} and {}: {why}\n{party:?}", body.name);
    }
}

#[test]
fn groups_are_named_with_their_place() {
    let long_an = paper("Ủy ban nhân dân tỉnh Long An", Some(date(2020, 6, 18)));
    let can_tho = paper("Sở Y tế thành phố Cần Thơ", Some(date(2026, 1, 5)));
    let government = paper("Chính phủ", Some(date(2026, 1, 5)));
    let rows = [
        (&long_an, "Các sở, ngành tỉnh", "Các sở, ngành tỉnh Long An", "the class word gets its name"),
        (&long_an, "Các sở, ngành", "Các sở, ngành của tỉnh Long An", "no class word"),
        (&long_an, "UBND các huyện, thị xã, thành phố", "UBND các huyện, thị xã, thành phố của tỉnh Long An", "cities below the province"),
        (&long_an, "UBND cấp huyện", "UBND cấp huyện của tỉnh Long An", "a level"),
        (&long_an, "các sở, ngành của tỉnh Long An", "các sở, ngành của tỉnh Long An", "it says so itself"),
        (&can_tho, "Các đơn vị trực thuộc Sở", "Các đơn vị trực thuộc Sở Y tế thành phố Cần Thơ", "units of the issuer"),
        (&can_tho, "Các phòng, đơn vị", "Các phòng, đơn vị của Sở Y tế thành phố Cần Thơ", "no word that stands for it"),
        (&can_tho, "các tổ chức chính trị - xã hội thành phố", "các tổ chức chính trị - xã hội thành phố Cần Thơ", "a city run by the centre"),
        (&government, "các bộ, ngành, địa phương", "các bộ, ngành, địa phương", "of the whole country"),
        (&long_an, "các cơ quan liên quan", "các cơ quan liên quan", "whoever that is"),
    ];
    for (context, name, want, why) in rows {
        assert_eq!(resolve(name, context).name, want, "{name}: {why}");
    }
}

#[test]
fn what_the_paper_leaves_open_stays_open() {
    let long_an = paper("Ủy ban nhân dân tỉnh Long An", None);
    for name in ["các cơ quan liên quan", "các đơn vị có liên quan", "cơ quan có thẩm quyền"] {
        let body = resolve(name, &long_an);
        assert_eq!(body.kind, BodyKind::Open, "{name}");
        assert_eq!(body.agency, None, "{name}");
    }
}

#[test]
fn duties_pass_to_who_came_after() {
    let issued = Some(date(2020, 6, 18));
    let long_an = paper("Ủy ban nhân dân tỉnh Long An", issued);
    let today = date(2026, 1, 5);
    /// Body, words of the duty, carrier, days of the steps, why.
    type Row<'a> = (&'a str, &'a str, Option<&'a str>, &'a [&'a str], &'a str);
    let rows: [Row; 8] = [
        (
            "Sở Lao động - Thương binh và Xã hội",
            "rà soát lao động",
            Some("Sở Nội vụ tỉnh Tây Ninh"),
            &["2025-03-01", "2025-07-01"],
            "divided, then the province merged",
        ),
        (
            "Sở Lao động - Thương binh và Xã hội",
            "xã hội hóa giáo dục nghề nghiệp",
            Some("Sở Giáo dục và Đào tạo tỉnh Tây Ninh"),
            &["2025-03-01", "2025-07-01"],
            "the topic tells the part",
        ),
        ("Sở Y tế", "", Some("Sở Y tế tỉnh Tây Ninh"), &["2025-07-01"], "the province alone"),
        ("Bộ Thủy sản", "", Some("Bộ Nông nghiệp và Môi trường"), &["2007-07-31", "2025-03-01"], "two steps"),
        ("UBND huyện Đức Hòa", "", None, &["2025-07-01"], "the district level ended"),
        ("Bộ Tài chính", "", None, &[], "stands as it was"),
        ("Chi cục Thủy lợi tỉnh Long An", "", Some("Chi cục Thủy lợi tỉnh Tây Ninh"), &["2025-07-01"], "a body outside the lexicon moves with its province"),
        ("các sở, ngành tỉnh", "", None, &[], "a group has no one carrier"),
    ];
    for (name, words, want, dates, why) in rows {
        let found = carriers(&resolve(name, &long_an), issued, today, words);
        let steps: Vec<&str> = found.iter().flat_map(|c| c.steps.iter().map(|s| s.date.as_str())).collect();
        assert_eq!(steps, dates, "{name}: {why}");
        assert_eq!(found.as_ref().and_then(|c| c.carrier.as_ref()).map(|c| c.name.as_str()), want, "{name}: {why}");
        assert!(found.iter().all(|c| c.steps.iter().all(|s| !s.basis.is_empty())), "{name}: every step has its legal basis");
    }
    assert_eq!(carriers(&resolve("Sở Y tế", &long_an), issued, date(2025, 6, 30), ""), None, "the day before the merger");
}

#[test]
fn an_offices_own_file_counts_first() {
    let file = OwnFile::parse(
        "name = \"Sở Y tế thành phố Cần Thơ\"\n[[unit]]\nname = \"Phòng Nghiệp vụ Y\"\naliases = [\"P. NVY\"]\n[[person]]\nname = \"Lê Thị Hoa\"\naliases = [\"đồng chí Hoa\"]\nunit = \"Phòng Nghiệp vụ Y\"\n",
    );
    let office = Office::with(file.unwrap()).unwrap();
    let context = paper("Sở Y tế thành phố Cần Thơ", None);
    let unit = office.resolve(Named::plain("P. NVY"), &context);
    assert_eq!((unit.name.as_str(), unit.kind), ("Phòng Nghiệp vụ Y, Sở Y tế thành phố Cần Thơ", BodyKind::Agency));
    assert_eq!(unit.agency, office.resolve(Named::plain("Phòng Nghiệp vụ Y"), &context).agency);
    let person = office.resolve(Named::plain("Đồng chí Hoa"), &context);
    assert_eq!((person.name.as_str(), person.kind), ("Lê Thị Hoa, Phòng Nghiệp vụ Y, Sở Y tế thành phố Cần Thơ", BodyKind::Person));
}

#[test]
fn errors_of_the_own_file_name_line_and_remedy() {
    let rows = [
        ("name = 3\n", "line 1: "),
        ("name = \"A\"\n[[unit]]\nnam = \"B\"\n", "line 3: unknown field `nam`"),
        ("[[unit]]\nname = \"B\"\n[[unit]]\nname = \"C\"\naliases = [\"b\"]\n", "\"b\" stands for \"B\" and for \"C\"; give each name to one unit or person"),
    ];
    for (text, want) in rows {
        let error = OwnFile::parse(text).and_then(Office::with).unwrap_err().to_string();
        assert!(error.contains(want), "{text}: {error}");
    }
}
